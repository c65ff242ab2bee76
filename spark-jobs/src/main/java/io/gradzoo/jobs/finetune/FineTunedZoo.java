package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.table.FineTunedTable.FineTunedRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaRDD;

/**
 * A zoo of changed members that was published.
 *
 * @param parent the zoo that they come from
 * @param zoo its name
 * @param parents healthy members of the parent
 */
public record FineTunedZoo(String parent, String zoo, long parents, EditTotals totals)
    implements JobResult {

  /**
   * What its members come to.
   *
   * @param members count
   * @param worse those that the pass made worse
   * @param kept those that stayed as they were
   * @param before mean measures of the parents
   * @param after mean measures of what the pass made of them, where these are finite
   */
  public record EditTotals(
      long members,
      long worse,
      long kept,
      NetworkMeasures before,
      NetworkMeasures after,
      long bytes) {

    static EditTotals of(JavaRDD<MemberEdits.Edited> edited) {
      List<MemberEdits.Edited> all =
          edited
              .map(
                  each -> new MemberEdits.Edited(null, each.row(), each.worse(), each.parameters()))
              .collect();
      return new EditTotals(
          all.size(),
          all.stream().filter(MemberEdits.Edited::worse).count(),
          all.stream().filter(each -> !each.row().changed()).count(),
          mean(all, FineTunedRow::before),
          mean(all, FineTunedRow::after),
          all.stream().mapToLong(each -> (long) Float.BYTES * each.parameters()).sum());
    }

    private static NetworkMeasures mean(
        List<MemberEdits.Edited> all, Function<FineTunedRow, NetworkMeasures> which) {
      return new NetworkMeasures(
          mean(all, which, NetworkMeasures::loss),
          mean(all, which, NetworkMeasures::accuracy),
          mean(all, which, NetworkMeasures::objective),
          mean(all, which, NetworkMeasures::norm),
          mean(all, which, NetworkMeasures::small));
    }

    private static double mean(
        List<MemberEdits.Edited> all,
        Function<FineTunedRow, NetworkMeasures> which,
        ToDoubleFunction<NetworkMeasures> number) {
      return all.stream()
          .map(each -> which.apply(each.row()))
          .mapToDouble(number)
          .filter(Double::isFinite)
          .average()
          .orElse(Double.NaN);
    }
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "fine-tuned %,d of %,d healthy members of %s: zoo %s, tables %s.members and"
            + " %s.fine_tuned%n",
        totals.members,
        parents,
        parent,
        zoo,
        zoo,
        zoo);
    MeasuredChange.print(totals.before, totals.after, out);
    out.printf(Locale.ROOT, "%,d became worse, %,d kept as they were%n", totals.worse, totals.kept);
  }
}
