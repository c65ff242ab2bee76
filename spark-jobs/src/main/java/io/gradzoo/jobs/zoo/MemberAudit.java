package io.gradzoo.jobs.zoo;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.table.MembersTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is looked at before the members of a zoo are published: that there is exactly one row for
 * every one that the config asks for, that not too many of them failed, that weights are finite and
 * of their hashes, and that accuracies of a sample come out again.
 *
 * @param members their count
 * @param lost those that diverged or failed
 * @param bytes of all rows, about
 */
record MemberAudit(long members, long lost, long bytes) {
  /** What a row has beside its parameters, about. */
  private static final long ROW_BYTES = 500;

  /** Members whose accuracy is computed again. */
  private static final int SAMPLE = 16;

  /**
   * Looks at the rows of the config's zoo.
   *
   * @throws GradzooException exit code 3 naming the first thing that is wrong
   */
  static MemberAudit of(JobContext context, Dataset<Row> rows) {
    ZooConfig zoo = context.config().zoo();
    MemberAudit totals = counted(zoo, rows);
    totals.requireFewFailures(zoo, rows);
    Optional<ZooTestImages> images =
        zoo.source() == ZooConfig.Source.TRAINED
            ? Optional.of(new ZooTestImages(zoo, context.config().seed()))
            : Optional.empty();
    Optional<ZooConfig> represented =
        Optional.of(zoo).filter(each -> each.source() == ZooConfig.Source.FITTED);
    MemberChecks checks = new MemberChecks(context.config().seed(), images, represented);
    List<Fault> problems =
        checks.look(rows, SAMPLE).stream()
            .flatMap(looked -> Stream.ofNullable(looked.problem()))
            .toList();
    if (!problems.isEmpty()) {
      throw GradzooException.data(
          Fault.of("zoo generate")
              .because(problems.get(0))
              .fix("run it again; %d of %d members are wrong", problems.size(), totals.members));
    }
    return totals;
  }

  /** Bytes of the row of a member with so many parameters, about. */
  static long rowBytes(long parameters) {
    return ROW_BYTES + Float.BYTES * parameters;
  }

  private static MemberAudit counted(ZooConfig zoo, Dataset<Row> rows) {
    Column parameters = col(MembersTable.PARAMETERS);
    Row totals =
        rows.agg(
                count(lit(1)),
                countDistinct(col(MembersTable.MEMBER_ID)),
                count(when(not(MembersTable.healthy()), 1)),
                coalesce(sum(when(parameters.isNotNull(), size(parameters))), lit(0L)))
            .head();
    long expected = (long) zoo.runs() * zoo.membersOfARun();
    if (totals.getLong(0) != expected || totals.getLong(1) != expected) {
      throw GradzooException.data(
          Fault.of("zoo generate")
              .expected("%d members, each once", expected)
              .found("%d rows of %d members", totals.getLong(0), totals.getLong(1))
              .fix("run it again"));
    }
    long bytes = ROW_BYTES * expected + Float.BYTES * totals.getLong(3);
    return new MemberAudit(expected, totals.getLong(2), bytes);
  }

  private void requireFewFailures(ZooConfig zoo, Dataset<Row> rows) {
    if (lost > zoo.maxFailureShare() * members) {
      List<Row> first =
          rows.where(not(MembersTable.healthy()))
              .orderBy(MembersTable.MEMBER_ID)
              .select(MembersTable.REASON)
              .takeAsList(1);
      throw GradzooException.data(
          Fault.of("zoo generate")
              .expected(
                  "at most %.1f %% of the members of %s to diverge or fail",
                  100 * zoo.maxFailureShare(), zoo.name())
              .found("%d of %d, the first because it %s", lost, members, first.get(0).getString(0))
              .fix("narrow zoo.recipe or raise zoo.max-failure-share"));
    }
  }
}
