package io.gradzoo.jobs.gradients;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.datasets.split.StableHash;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Job: takes the gradient sets of some members again, from what the tables say alone, and compares.
 * Which members is a function of the seed.
 */
public final class GradientVerification implements Job {
  private final int members;

  /**
   * Verifies that many members, or all if there are fewer.
   *
   * @throws GradzooException exit code 2 if the number is not positive
   */
  public GradientVerification(int members) {
    if (members <= 0) {
      throw GradzooException.usage(
          "gradients verify: --members: expected a positive number, found " + members);
    }
    this.members = members;
  }

  /**
   * Prints a line per set.
   *
   * @throws GradzooException exit code 3, naming member, layer and difference, if a set is another
   *     than the one that the tables describe
   */
  @Override
  public void run(JobContext context) {
    List<String> problems = new ArrayList<>();
    context
        .out()
        .printf("%-16s %-7s %10s %10s %10s%n", "MEMBER", "SET", "FACTORS", "MOMENTS", "MEANS");
    for (StoredSet set : stored(context)) {
      Replay replay = Replay.of(set);
      context.out().println(replay.line());
      problems.addAll(replay.problems());
    }
    context.out().flush();
    if (!problems.isEmpty()) {
      throw GradzooException.data(problems);
    }
  }

  private List<StoredSet> stored(JobContext context) {
    Dataset<Row> sets = rows(context, GradientSetsTable.SCHEMA);
    List<Row> chosen =
        among(sets, GradientSetsTable.MEMBER_ID, sample(context, sets)).collectAsList();
    List<Object> ids = column(chosen, GradientSetsTable.GRADIENT_SET_ID);
    Map<String, List<Row>> ofMembers =
        byFirst(
            among(
                rows(context, MembersTable.SCHEMA),
                MembersTable.MEMBER_ID,
                column(chosen, GradientSetsTable.MEMBER_ID)));
    Map<String, List<Row>> probes =
        byFirst(
            among(
                rows(context, ProbeSetsTable.SCHEMA),
                ProbeSetsTable.PROBE_SET_ID,
                column(chosen, GradientSetsTable.PROBE_SET_ID)));
    Map<String, List<Row>> factors =
        byFirst(
            among(rows(context, LayerFactorsTable.SCHEMA), LayerFactorsTable.GRADIENT_SET_ID, ids)
                .orderBy(LayerFactorsTable.LAYER, LayerFactorsTable.SAMPLE_OFFSET));
    Map<String, List<Row>> moments =
        byFirst(
            among(rows(context, LayerMomentsTable.SCHEMA), LayerMomentsTable.GRADIENT_SET_ID, ids));
    return chosen.stream()
        .sorted(Comparator.comparing(row -> row.<String>getAs(GradientSetsTable.GRADIENT_SET_ID)))
        .map(
            set ->
                new StoredSet(
                    set,
                    only(ofMembers, set, GradientSetsTable.MEMBER_ID),
                    only(probes, set, GradientSetsTable.PROBE_SET_ID),
                    of(factors, set),
                    of(moments, set)))
        .toList();
  }

  /** Ids of the members to look at. */
  private List<Object> sample(JobContext context, Dataset<Row> sets) {
    long seed = context.config().seed();
    return sets.select(GradientSetsTable.MEMBER_ID).distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted(
            Comparator.<String>comparingLong(id -> StableHash.of(seed, id))
                .thenComparing(Comparator.naturalOrder()))
        .limit(members)
        .collect(Collectors.toList());
  }

  private static Dataset<Row> rows(JobContext context, TableSchema schema) {
    return context.tables().read(context.config().zoo().name(), schema);
  }

  private static Dataset<Row> among(Dataset<Row> rows, String column, List<Object> values) {
    return rows.where(col(column).isin(values.toArray()));
  }

  private static List<Object> column(List<Row> rows, String column) {
    return rows.stream().<Object>map(row -> row.getAs(column)).distinct().toList();
  }

  /** Rows by the id in their first column. */
  private static Map<String, List<Row>> byFirst(Dataset<Row> rows) {
    return rows.collectAsList().stream().collect(Collectors.groupingBy(row -> row.getString(0)));
  }

  private static List<Row> of(Map<String, List<Row>> rows, Row set) {
    return rows.getOrDefault(set.<String>getAs(GradientSetsTable.GRADIENT_SET_ID), List.of());
  }

  private static Row only(Map<String, List<Row>> rows, Row set, String column) {
    List<Row> found = rows.getOrDefault(set.<String>getAs(column), List.of());
    if (found.isEmpty()) {
      throw GradzooException.data(
          "gradients verify: %s: expected a row of %s %s, found none (fix: run gradzoo gradients compute)"
              .formatted(
                  set.<String>getAs(GradientSetsTable.GRADIENT_SET_ID),
                  column,
                  set.<String>getAs(column)));
    }
    return found.get(0);
  }
}
