package io.gradzoo.jobs.zoo;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.table.Leftover;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Snapshots of a zoo that were replaced long ago.
 *
 * @param zoo its name
 * @param replaced those that were removed, and those that {@linkplain Leftover#stays stay}
 * @param runs folder of the runs whose snapshots stay
 */
public record ExpiredSnapshots(String zoo, List<Leftover> replaced, String runs)
    implements JobResult {
  public ExpiredSnapshots {
    replaced = List.copyOf(replaced);
  }

  /** How many were removed. */
  public long removed() {
    return replaced.stream().filter(each -> !each.stays()).count();
  }

  @Override
  public void print(PrintWriter out) {
    replaced.forEach(each -> out.println((each.stays() ? "" : "removed ") + each.kind()));
    long bytes = replaced.stream().mapToLong(Leftover::bytes).sum();
    out.printf(
        Locale.ROOT,
        "zoo expire: %d snapshots of %s removed, up to %s; of runs outside %s nothing is"
            + " known%n",
        removed(),
        zoo,
        ByteCount.words(bytes),
        runs);
    if (replaced.stream().anyMatch(Leftover::stays)) {
      out.println("zoo expire: --even-if-used removes those that stay, too");
    }
  }
}
