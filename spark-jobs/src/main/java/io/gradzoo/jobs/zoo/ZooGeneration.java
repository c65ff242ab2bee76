package io.gradzoo.jobs.zoo;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SparkProgress;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.code.OnOtherCode;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.session.JobDescription;
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
public final class ZooGeneration implements Job {
  private final OnOtherCode rule;

  /** Replaces a zoo of other code only where the old one is kept as a version. */
  public ZooGeneration() {
    this(OnOtherCode.REMAKE);
  }

  /**
   * @param rule what becomes of a zoo that other code made
   */
  public ZooGeneration(OnOtherCode rule) {
    this.rule = rule;
  }

  /**
   * Makes and publishes the zoo of the config.
   *
   * @throws GradzooException exit code 3 if more members failed than {@code zoo.max-failure-share},
   *     the table cannot be written, or a zoo of other code would be gone
   */
  @Override
  public void run(JobContext context) {
    GradzooConfig config = context.config();
    TableStore store = context.tables();
    long start = System.nanoTime();
    ZooConfig zoo = config.zoo();
    if (zoo.source() == ZooConfig.Source.TRAINED) {
      ZooImages.require(zoo);
    }
    TableId members = MembersTable.SCHEMA.in(zoo.name());
    store.begin(members);
    if (rule != OnOtherCode.REPLACE) {
      store.requireReplaceable(members, codeVersion());
    }
    LongAccumulator trained = store.session().sparkContext().longAccumulator("runs made");
    Dataset<Row> rows = members(context, trained).persist(StorageLevel.MEMORY_AND_DISK());
    try (Progress.Task task = context.progress().start("zoo generate", "runs", zoo.runs())) {
      String description = "zoo generate: make " + zoo.runs() + " runs of " + zoo.name();
      SparkProgress.during(
          task, trained, () -> JobDescription.during(store.session(), description, rows::count));
      requireFewFailures(zoo, rows);
      String hash = config.effective().zooHash();
      TableProperties properties =
          TableProperties.of(hash, codeVersion())
              .with("config", config.effective().json())
              .took((System.nanoTime() - start) * 1e-9);
      JobDescription.during(
          store.session(),
          "zoo generate: write members of " + zoo.name(),
          () -> store.write(zoo.name(), MembersTable.SCHEMA, rows, properties));
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
        new RunTask(config.seed(), zoo, config.effective().zooHash(), codeVersion(), trained);
    return context
        .session()
        .range(0, zoo.runs(), 1, tasks)
        .mapPartitions(task, Encoders.row(MembersTable.SCHEMA.columns()));
  }

  private static void requireFewFailures(ZooConfig zoo, Dataset<Row> members) {
    Dataset<Row> lost = members.where(col(MembersTable.STATUS).notEqual(lit("ok")));
    long failures = lost.count();
    long all = members.count();
    if (failures > zoo.maxFailureShare() * all) {
      List<Row> first =
          lost.orderBy(MembersTable.MEMBER_ID).select(MembersTable.REASON).takeAsList(1);
      throw GradzooException.data(
          Fault.of("zoo generate")
              .expected(
                  "at most %.1f %% of the members of %s to diverge or fail",
                  100 * zoo.maxFailureShare(), zoo.name())
              .found("%d of %d, the first because it %s", failures, all, first.get(0).getString(0))
              .fix("narrow zoo.recipe or raise zoo.max-failure-share"));
    }
  }

  /** Makes the runs of one partition. */
  private record RunTask(
      long seed, ZooConfig zoo, String configHash, String codeVersion, LongAccumulator trained)
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
        return new RandomMembers(seed, zoo, configHash, codeVersion)::members;
      }
      int[] checkpoints = zoo.checkpoints().stream().mapToInt(Integer::intValue).toArray();
      RunTrainer trainer =
          new RunTrainer(ZooImages.divided(zoo, seed), checkpoints, configHash, codeVersion);
      return number -> trainer.train(RunPlan.draw(seed, zoo, number));
    }
  }
}
