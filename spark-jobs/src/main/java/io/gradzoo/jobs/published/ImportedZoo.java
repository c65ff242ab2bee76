package io.gradzoo.jobs.published;

import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * A published zoo that was imported.
 *
 * @param name of the zoo here
 * @param networks all of them
 * @param runs that they come from
 * @param steps of training at which networks were kept; 0 if nobody says
 * @param repeated networks with run and step of another
 * @param notFinite networks with weights that are not finite
 */
public record ImportedZoo(
    String name, int networks, int runs, long steps, int repeated, long notFinite)
    implements JobResult {

  /** Of a folder that has a file for each network, and nothing to compare their number with. */
  static ImportedZoo ofFiles(String name, int networks, int runs, long notFinite) {
    return new ImportedZoo(name, networks, runs, 0, 0, notFinite);
  }

  /** Networks that are missing, if every run was kept at every step. */
  public long missing() {
    return Math.max(0, runs * steps - (networks - repeated));
  }

  @Override
  public void print(PrintWriter out) {
    String kept = steps == 0 ? "" : String.format(Locale.ROOT, " at %d steps", steps);
    out.printf(Locale.ROOT, "networks: %,d of %,d runs%s%n", networks, runs, kept);
    if (missing() > 0) {
      out.printf(Locale.ROOT, "not every run has every step; missing: %,d%n", missing());
    }
    if (repeated > 0) {
      out.printf(Locale.ROOT, "with run and step of another: %,d%n", repeated);
    }
    out.printf(Locale.ROOT, "with weights that are not finite: %,d of %,d%n", notFinite, networks);
  }
}
