package io.gradzoo.jobs.zoo;

import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SparkProgress;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.Staging;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Makes the runs of a zoo in batches, each of which is staged when it is complete. A first small
 * batch shows how fast they are made; the others take about a minute, which is what an interruption
 * costs.
 */
final class StagedRuns {
  private static final double BATCH_SECONDS = 60;
  private static final int TASKS_PER_CORE = 2;

  private final JobContext context;
  private final ZooConfig zoo;
  private final Staging staging;
  private final LongAccumulator made;

  StagedRuns(JobContext context, Staging staging) {
    this.context = context;
    this.zoo = context.config().zoo();
    this.staging = staging;
    this.made = context.session().sparkContext().longAccumulator("runs made");
  }

  /** Stages the runs that are not staged yet. */
  void make() {
    Set<String> staged = staged();
    List<Long> missing = new ArrayList<>();
    for (long number = 0; number < zoo.runs(); number++) {
      if (!staged.contains(RunPlan.id(number))) {
        missing.add(number);
      }
    }
    if (!staged.isEmpty()) {
      context
          .progress()
          .announce(
              "zoo generate: %d of %d runs were done before".formatted(staged.size(), zoo.runs()));
    }
    try (Progress.Task task = context.progress().start("zoo generate", "runs", missing.size())) {
      int size = leastBatch();
      for (int first = 0; first < missing.size(); ) {
        List<Long> batch = missing.subList(first, Math.min(first + size, missing.size()));
        long start = System.nanoTime();
        SparkProgress.during(task, made, () -> stage(batch));
        double seconds = (System.nanoTime() - start) * 1e-9;
        first += batch.size();
        size = (int) Math.max(leastBatch(), batch.size() * BATCH_SECONDS / seconds);
      }
    }
  }

  /** The rows of all runs. */
  Dataset<Row> rows() {
    return staging.rows(MembersTable.SCHEMA.columns());
  }

  private Set<String> staged() {
    Set<String> runs = new HashSet<>();
    rows()
        .select(MembersTable.RUN_ID)
        .distinct()
        .collectAsList()
        .forEach(row -> runs.add(row.getString(0)));
    return runs;
  }

  private int leastBatch() {
    int cores = context.session().sparkContext().defaultParallelism();
    return Math.multiplyExact(zoo.membersPerTask(), cores * TASKS_PER_CORE);
  }

  private Void stage(List<Long> numbers) {
    int tasks = (numbers.size() + zoo.membersPerTask() - 1) / zoo.membersPerTask();
    RunTask task =
        new RunTask(
            context.config().seed(),
            zoo,
            new Origin(context.config().effective().zooHash(), staging.code()),
            made);
    Dataset<Row> rows =
        context
            .session()
            .createDataset(numbers, Encoders.LONG())
            .repartition(tasks)
            .mapPartitions(task, Encoders.row(MembersTable.SCHEMA.columns()));
    String description = "zoo generate: make %d runs of %s".formatted(numbers.size(), zoo.name());
    JobDescription.during(context.session(), description, () -> staging.add(rows));
    return null;
  }

  /** Makes the runs of one partition. */
  private record RunTask(long seed, ZooConfig zoo, Origin origin, LongAccumulator made)
      implements MapPartitionsFunction<Long, Row> {
    @Override
    public Iterator<Row> call(Iterator<Long> numbers) {
      LongFunction<List<Row>> run = maker(zoo, seed, origin);
      Iterable<Long> all = () -> numbers;
      Function<Long, Stream<Row>> make =
          number -> {
            List<Row> rows = run.apply(number);
            made.add(1);
            return rows.stream();
          };
      return StreamSupport.stream(all.spliterator(), false).flatMap(make).iterator();
    }
  }

  /** What makes the rows of a run by its number. */
  static LongFunction<List<Row>> maker(ZooConfig zoo, long seed, Origin origin) {
    if (zoo.source() == ZooConfig.Source.RANDOM) {
      return new RandomMembers(seed, zoo, origin)::members;
    }
    int[] checkpoints = zoo.checkpoints().stream().mapToInt(Integer::intValue).toArray();
    if (zoo.source() == ZooConfig.Source.FITTED) {
      return new ImageFitter(
              new RepresentedImages(ZooImages.whole(zoo)), zoo, checkpoints, seed, origin)
          ::fit;
    }
    RunTrainer trainer = new RunTrainer(ZooImages.divided(zoo, seed), checkpoints, seed, origin);
    return number -> trainer.train(RunPlan.draw(seed, zoo, number));
  }
}
