package io.gradzoo.jobs.zoo;

import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What became of a zoo that was to be made again if it had to be.
 *
 * @param zoo its name
 * @param outcome what became of it
 * @param words about it
 * @param reasons why it was made again; empty if it was not
 */
public record RegeneratedZoo(String zoo, Regeneration outcome, String words, List<String> reasons)
    implements JobResult {
  public RegeneratedZoo {
    reasons = List.copyOf(reasons);
  }

  /** What became of it. */
  public enum Regeneration {
    /** It was made and published. */
    MADE,
    /** It is what it should be. */
    UP_TO_DATE,
    /** Another command makes it, or has made it meanwhile. */
    LEFT_TO_ANOTHER
  }

  static RegeneratedZoo upToDate(String zoo, String version) {
    return new RegeneratedZoo(zoo, Regeneration.UP_TO_DATE, "is up to date: " + version, List.of());
  }

  static RegeneratedZoo leftToAnother(String zoo, String found) {
    return new RegeneratedZoo(
        zoo, Regeneration.LEFT_TO_ANOTHER, "is left to another: " + found, List.of());
  }

  static RegeneratedZoo made(Zoo made, String version, List<String> reasons) {
    String words =
        String.format(
            Locale.ROOT,
            "published as %s: %,d members, %,d of them diverged or failed",
            version,
            made.members(),
            made.lost());
    return new RegeneratedZoo(made.name(), Regeneration.MADE, words, reasons);
  }

  @Override
  public void print(PrintWriter out) {
    reasons.forEach(reason -> out.println("changed: " + reason));
    out.printf("zoo regenerate: %s %s%n", zoo, words);
  }
}
