package io.gradzoo.jobs.zoo;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SparkProgress;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.FileSizes;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/**
 * Job: trains, or draws, the networks of a zoo on the executors and publishes them as the members
 * table. Every member is a pure function of (config, member id), so neither partitions nor retries
 * change a row. Runs that diverge or fail keep their rows; too many of them, and nothing is
 * published.
 */
public final class ZooGeneration implements Job<Zoo> {
  /** What a row of members has beside its parameters, about. */
  private static final long ROW_BYTES = 500;

  private final OtherCodePolicy rule;

  /** Replaces a zoo of other code only where the old one is kept as a version. */
  public ZooGeneration() {
    this(OtherCodePolicy.REMAKE);
  }

  /**
   * @param rule what becomes of a zoo that other code made
   */
  public ZooGeneration(OtherCodePolicy rule) {
    this.rule = rule;
  }

  /**
   * Makes and publishes the zoo of the config.
   *
   * @throws GradzooException exit code 3 if more members failed than {@code zoo.max-failure-share},
   *     the table cannot be written, or a zoo of other code would be gone
   */
  @Override
  public Zoo run(JobContext context) {
    GradzooConfig config = context.config();
    TableStore store = context.tables();
    long start = System.nanoTime();
    ZooConfig zoo = config.zoo();
    if (zoo.source() == ZooConfig.Source.TRAINED) {
      ZooImages.divided(zoo, config.seed());
      ZooImages.notes(zoo).forEach(context.progress()::note);
    }
    TableId members = MembersTable.SCHEMA.in(zoo.name());
    store.begin(members);
    if (rule != OtherCodePolicy.REPLACE) {
      store.requireReplaceable(members, codeVersion());
    }
    LongAccumulator trained = store.session().sparkContext().longAccumulator("runs made");
    Dataset<Row> rows = members(context, trained).persist(StorageLevel.MEMORY_AND_DISK());
    try (Progress.Task task = context.progress().start("zoo generate", "runs", zoo.runs())) {
      String description = "zoo generate: make " + zoo.runs() + " runs of " + zoo.name();
      Totals totals =
          SparkProgress.during(
              task,
              trained,
              () -> JobDescription.during(store.session(), description, () -> Totals.of(rows)));
      requireFewFailures(zoo, rows, totals);
      String hash = config.effective().zooHash();
      TableProperties properties =
          TableProperties.of(hash, codeVersion())
              .madeWith(config.effective().json())
              .withRecipe(config.effective().zooSettings())
              .took((System.nanoTime() - start) * 1e-9);
      TableProperties stored =
          zoo.source() == ZooConfig.Source.TRAINED
              ? ZooImages.described(zoo, properties)
              : properties;
      JobDescription.during(
          store.session(),
          "zoo generate: write members of " + zoo.name(),
          () ->
              store.write(
                  zoo.name(),
                  MembersTable.SCHEMA,
                  FileSizes.compacted(rows, totals.bytes()),
                  stored));
      return new Zoo(zoo.name(), totals.members(), totals.lost());
    } finally {
      rows.unpersist();
    }
  }

  /** Identity of the code that members depend on. */
  public static String codeVersion() {
    return CodeVersion.of(ZooGeneration.class);
  }

  private static Dataset<Row> members(JobContext context, LongAccumulator trained) {
    GradzooConfig config = context.config();
    ZooConfig zoo = config.zoo();
    int tasks = (zoo.runs() + zoo.membersPerTask() - 1) / zoo.membersPerTask();
    RunTask task =
        new RunTask(
            config.seed(),
            zoo,
            new MembersTable.Origin(config.effective().zooHash(), codeVersion()),
            trained);
    return context
        .session()
        .range(0, zoo.runs(), 1, tasks)
        .mapPartitions(task, Encoders.row(MembersTable.SCHEMA.columns()));
  }

  private static void requireFewFailures(ZooConfig zoo, Dataset<Row> members, Totals totals) {
    if (totals.lost > zoo.maxFailureShare() * totals.members) {
      List<Row> first =
          members
              .where(not(MembersTable.healthy()))
              .orderBy(MembersTable.MEMBER_ID)
              .select(MembersTable.REASON)
              .takeAsList(1);
      throw GradzooException.data(
          Fault.of("zoo generate")
              .expected(
                  "at most %.1f %% of the members of %s to diverge or fail",
                  100 * zoo.maxFailureShare(), zoo.name())
              .found(
                  "%d of %d, the first because it %s",
                  totals.lost, totals.members, first.get(0).getString(0))
              .fix("narrow zoo.recipe or raise zoo.max-failure-share"));
    }
  }

  /** What all members come to; counting makes them. */
  private record Totals(long members, long lost, long bytes) {
    static Totals of(Dataset<Row> rows) {
      Column parameters = col(MembersTable.PARAMETERS);
      Row totals =
          rows.agg(
                  count(lit(1)),
                  count(when(not(MembersTable.healthy()), 1)),
                  coalesce(sum(when(parameters.isNotNull(), size(parameters))), lit(0L)))
              .head();
      long bytes = ROW_BYTES * totals.getLong(0) + Float.BYTES * totals.getLong(2);
      return new Totals(totals.getLong(0), totals.getLong(1), bytes);
    }
  }

  /** Makes the runs of one partition. */
  private record RunTask(
      long seed, ZooConfig zoo, MembersTable.Origin origin, LongAccumulator trained)
      implements MapPartitionsFunction<Long, Row> {
    @Override
    public Iterator<Row> call(Iterator<Long> numbers) {
      LongFunction<List<Row>> run = runs();
      Iterable<Long> all = () -> numbers;
      Function<Long, Stream<Row>> make =
          number -> {
            List<Row> rows = run.apply(number);
            trained.add(1);
            return rows.stream();
          };
      return StreamSupport.stream(all.spliterator(), false).flatMap(make).iterator();
    }

    /** The rows of a run by its number. */
    private LongFunction<List<Row>> runs() {
      if (zoo.source() == ZooConfig.Source.RANDOM) {
        return new RandomMembers(seed, zoo, origin)::members;
      }
      int[] checkpoints = zoo.checkpoints().stream().mapToInt(Integer::intValue).toArray();
      RunTrainer trainer = new RunTrainer(ZooImages.divided(zoo, seed), checkpoints, seed, origin);
      return number -> trainer.train(RunPlan.draw(seed, zoo, number));
    }
  }
}
