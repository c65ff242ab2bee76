package io.gradzoo.jobs.gradients;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.Staging;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The gradient sets of members that a new version of their zoo has as the old one had them: sets
 * taken in the same way are staged as they are. Of the same version all sets are taken again, since
 * whoever asks for that does not trust those that stand there.
 */
final class UnchangedSets {
  /** The stored property: identity of how sets are taken, whatever members there are. */
  static final String HOW = "sets-hash";

  private final JobContext context;
  private final GradientPlan plan;

  UnchangedSets(JobContext context, GradientPlan plan) {
    this.context = context;
    this.plan = plan;
  }

  /**
   * Stages the sets of unchanged members.
   *
   * @param members all that sets are wanted of
   */
  void stage(Dataset<Row> members, Staging staging) {
    if (!staging.batches().isEmpty() || !apply()) {
      return;
    }
    try {
      Dataset<Row> kept = kept(members).cache();
      long count = kept.count() / plan.probes().sizes().size();
      if (count > 0) {
        staging.add(rows(kept));
        context
            .progress()
            .announce(
                "gradients compute: sets of %d members that have not changed are kept"
                    .formatted(count));
      }
      kept.unpersist();
    } catch (GradzooException e) {
      context.progress().note("gradients compute: no standing sets are kept: " + e.getMessage());
    }
  }

  /** Whether the standing sets are of another version of the members, and taken in the same way. */
  private boolean apply() {
    TableId sets = GradientSetsTable.SCHEMA.in(zoo());
    if (!context.tables().exists(sets)) {
      return false;
    }
    TableProperties standing = context.tables().describe(sets).properties();
    Optional<String> of = standing.members();
    return plan.how().equals(standing.more().get(HOW))
        && of.isPresent()
        && !of.get().equals(context.tables().version(MembersTable.SCHEMA.in(zoo())));
  }

  /** Rows of the sets of members that have all of theirs. */
  private Dataset<Row> kept(Dataset<Row> members) {
    List<String> same =
        List.of(
            GradientSetsTable.MEMBER_ID,
            GradientSetsTable.PARAMETERS_SHA256,
            GradientSetsTable.RUN_ID,
            GradientSetsTable.ARCHITECTURE);
    Dataset<Row> sets = rows(GradientSetsTable.SCHEMA);
    Dataset<Row> whole =
        sets.groupBy(GradientSetsTable.MEMBER_ID)
            .agg(count(lit(1)).as("sets"))
            .where(col("sets").equalTo(plan.probes().sizes().size()))
            .select(GradientSetsTable.MEMBER_ID);
    Dataset<Row> standing =
        members.select(
            col(MembersTable.MEMBER_ID),
            col(MembersTable.PARAMETERS_SHA256),
            col(MembersTable.RUN_ID),
            col(MembersTable.ARCHITECTURE),
            col(MembersTable.TEST_ACCURACY).as("standing_accuracy"));
    return sets.join(whole, on(List.of(GradientSetsTable.MEMBER_ID)), "left_semi")
        .join(standing, on(same))
        .where(col(GradientSetsTable.TEST_ACCURACY).eqNullSafe(col("standing_accuracy")))
        .withColumn(GradientSetsTable.CONFIG_HASH, lit(plan.configHash()))
        .withColumn(GradientSetsTable.CODE_VERSION, lit(plan.codeVersion()))
        .select(columns(GradientSetsTable.SCHEMA));
  }

  /** The staged form of all rows that describe the sets. */
  private Dataset<Row> rows(Dataset<Row> sets) {
    Dataset<Row> all = staged(GradientTable.SETS, sets);
    for (GradientTable table : GradientTable.values()) {
      boolean own = table != GradientTable.SETS && plan.fills(table);
      if (own && !(table == GradientTable.PROBES && plan.probes() instanceof Probes.Shared)) {
        String key =
            table == GradientTable.PROBES
                ? ProbeSetsTable.PROBE_SET_ID
                : GradientSetsTable.GRADIENT_SET_ID;
        Dataset<Row> keys = sets.select(key).distinct();
        all =
            all.union(
                staged(table, rows(table.schema()).join(keys, on(List.of(key)), "left_semi")));
      }
    }
    return all;
  }

  private static Dataset<Row> staged(GradientTable filled, Dataset<Row> rows) {
    Column[] cells =
        Arrays.stream(GradientTable.values())
            .map(
                table -> {
                  TableSchema schema = table.schema();
                  Column cell =
                      table == filled ? struct(columns(schema)) : lit(null).cast(schema.columns());
                  return cell.as(schema.name());
                })
            .toArray(Column[]::new);
    return rows.select(cells);
  }

  private static Column[] columns(TableSchema schema) {
    return Arrays.stream(schema.columns().fieldNames())
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  private Dataset<Row> rows(TableSchema schema) {
    return context.tables().read(zoo(), schema);
  }

  private String zoo() {
    return context.config().zoo().name();
  }

  private static Seq<String> on(List<String> columns) {
    return JavaConverters.asScalaBuffer(columns).toSeq();
  }
}
