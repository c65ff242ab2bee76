package io.gradzoo.jobs.gradients;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SparkProgress;
import io.gradzoo.jobs.device.DeviceUse;
import io.gradzoo.jobs.device.Placement;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.Staging;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Takes the gradient sets of members in batches, each of which is staged when it is complete. */
final class StagedSets {
  /** At most so much of the work is lost with a batch. */
  private static final int BATCHES = 16;

  private static final int TASKS_PER_CORE = 2;

  private final JobContext context;
  private final GradientPlan plan;
  private final Staging staging;

  StagedSets(JobContext context, GradientPlan plan, Staging staging) {
    this.context = context;
    this.plan = plan;
    this.staging = staging;
  }

  /**
   * Stages the sets of the members that are not staged yet.
   *
   * @param keys of all members, in the order of their ids
   */
  void take(Dataset<Row> members, List<Row> keys) {
    Set<String> staged = staged();
    List<String> missing =
        keys.stream().map(key -> key.getString(0)).filter(id -> !staged.contains(id)).toList();
    if (!staged.isEmpty()) {
      context
          .progress()
          .announce(
              "gradients compute: %d of %d members were done before"
                  .formatted(staged.size(), keys.size()));
    }
    Placement placement =
        Placement.of(
            "gradients compute",
            context.session().sparkContext(),
            plan.device(),
            context.progress()::note);
    LongAccumulator done = context.session().sparkContext().longAccumulator("gradient sets");
    int batch = batchSize(keys.size());
    try (Progress.Task task =
        context.progress().start("gradients compute", "members", missing.size())) {
      for (int first = 0; first < missing.size(); first += batch) {
        List<String> ids = missing.subList(first, Math.min(first + batch, missing.size()));
        Dataset<Row> rows = placement.place(rows(members, ids, done, placement.uses()));
        SparkProgress.during(
            task,
            done,
            () -> {
              stage(rows, ids.size());
              placement.tell();
              return null;
            });
      }
    }
  }

  /** Ids of the members whose sets are staged. */
  private Set<String> staged() {
    Set<String> ids = new HashSet<>();
    GradientTable.SETS
        .select(staging.rows(GradientTable.stagedColumns()))
        .select(GradientSetsTable.MEMBER_ID)
        .collectAsList()
        .forEach(row -> ids.add(row.getString(0)));
    return ids;
  }

  private int batchSize(int members) {
    int cores = context.session().sparkContext().defaultParallelism();
    int least = context.config().gradients().membersPerTask() * cores * TASKS_PER_CORE;
    return Math.max(least, (members + BATCHES - 1) / BATCHES);
  }

  private Dataset<Row> rows(
      Dataset<Row> members,
      List<String> ids,
      LongAccumulator done,
      Optional<CollectionAccumulator<DeviceUse>> uses) {
    int perTask = context.config().gradients().membersPerTask();
    int tasks = (ids.size() + perTask - 1) / perTask;
    return members
        .where(col(MembersTable.MEMBER_ID).between(ids.get(0), ids.get(ids.size() - 1)))
        .repartition(tasks, col(MembersTable.MEMBER_ID))
        .mapPartitions(
            new GradientTask(plan, done, uses.orElse(null)),
            Encoders.row(GradientTable.stagedColumns()));
  }

  private void stage(Dataset<Row> rows, int members) {
    JobDescription.during(
        context.session(),
        "gradients compute: %d members of %s".formatted(members, context.config().zoo().name()),
        () -> staging.add(rows));
  }

  /**
   * Takes the gradient sets of one partition's members.
   *
   * @param uses is told what the task runs on; null if nobody asks
   */
  private record GradientTask(
      GradientPlan plan, LongAccumulator done, CollectionAccumulator<DeviceUse> uses)
      implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> members) {
      Workspaces workspaces =
          new Workspaces(
              plan,
              use -> {
                if (uses != null) {
                  uses.add(use);
                }
              });
      return new GradientRows(plan, members, workspaces, () -> done.add(1));
    }
  }
}
