package io.gradzoo.jobs.evaluation;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.table.TableId;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/**
 * Predictions that were published.
 *
 * @param table where they stand
 * @param members that were predicted
 * @param notFinite those of them with numbers that are not finite
 * @param own whether the members are those of the run, whose splits are known
 */
public record PredictedMembers(TableId table, long members, long notFinite, boolean own)
    implements JobResult {
  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "predicted %,d members, %,d of them with numbers that are not finite: table %s%s%n",
        members,
        notFinite,
        table,
        own ? "" : " (no splits: the run was trained on other members)");
  }

  /** What to warn of, if anything. */
  Optional<String> warning() {
    return notFinite == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "warning: %,d of %,d predictions in %s are NaN or infinite",
                notFinite,
                members,
                table));
  }
}
