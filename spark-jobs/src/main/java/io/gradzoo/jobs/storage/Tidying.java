package io.gradzoo.jobs.storage;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.table.Leftover;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What dead commands left.
 *
 * @param found all of it
 * @param mode what became of it
 * @param runs folder of the runs whose versions of tables are kept
 */
public record Tidying(List<Leftover> found, TidyJob.TidyMode mode, String runs)
    implements JobResult {
  public Tidying {
    found = List.copyOf(found);
  }

  @Override
  public void print(PrintWriter out) {
    for (Leftover leftover : found) {
      String size = leftover.stays() ? "" : " (" + megabytes(leftover.bytes()) + ")";
      out.println(leftover + size);
    }
    if (found.stream().allMatch(Leftover::stays)) {
      out.println("storage tidy: nothing to remove");
      return;
    }
    out.printf(
        "storage tidy: versions that runs in %s name are kept; of runs elsewhere it knows"
            + " nothing%n",
        runs);
    out.println(summary());
  }

  private String summary() {
    String size = megabytes(found.stream().mapToLong(Leftover::bytes).sum());
    return mode == TidyJob.TidyMode.APPLY
        ? "storage tidy: removed " + size
        : "storage tidy: would remove up to " + size + "; nothing was changed (--apply removes it)";
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes * 1e-6);
  }
}
