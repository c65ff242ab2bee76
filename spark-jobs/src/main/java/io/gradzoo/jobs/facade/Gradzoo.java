package io.gradzoo.jobs.facade;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.demo.DemoJob;
import io.gradzoo.jobs.report.WrittenReport;
import io.gradzoo.jobs.run.ListRuns;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.RunList;
import io.gradzoo.jobs.sql.SqlFunctions;
import io.gradzoo.jobs.storage.Migration;
import io.gradzoo.jobs.storage.MigrationJob;
import io.gradzoo.jobs.storage.TidyJob;
import io.gradzoo.jobs.storage.Tidying;
import io.gradzoo.jobs.table.StorageConfig;
import io.gradzoo.jobs.table.TableStores;
import io.gradzoo.jobs.table.ZooVersion;
import io.gradzoo.jobs.zoo.ListTables;
import io.gradzoo.jobs.zoo.TableList;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * All of Gradzoo on one Spark session, which it uses and never stops. An instance is a value: what
 * is said of the config gives another one.
 *
 * <pre>{@code
 * Gradzoo gradzoo = Gradzoo.on(spark).preset("digits").set("zoo.runs=40");
 * ZooSteps zoo = gradzoo.zoo();
 * zoo.generate();
 * zoo.train(model);
 * zoo.run(model).evaluate();
 * }</pre>
 *
 * <p>A setting that a step does not use is passed over, as in a config file. Steps say nothing on
 * the way, unless they are {@linkplain #showing shown}; every step throws a {@link
 * GradzooException} of one clear line for whatever a user can do something about.
 */
public final class Gradzoo {
  private final StepRunner steps;

  private Gradzoo(StepRunner steps) {
    this.steps = steps;
  }

  /** On a session, with the default preset. */
  public static Gradzoo on(SparkSession spark) {
    return offering(
        new StepRunner(
            meanwhile -> spark, StepSettings.DEFAULTS, Optional.empty(), Progress.silent()));
  }

  /** On a session that is there: SQL on it finds the tables of the settings at once. */
  private static Gradzoo offering(StepRunner steps) {
    if (steps.command().isEmpty()) {
      try {
        StorageConfig storage = steps.config(ConfigUse.places()).storage();
        TableStores.offer(steps.session().open(() -> {}), storage);
      } catch (GradzooException e) {
        return new Gradzoo(steps); // the first step says it, with what else is wrong
      }
    }
    return new Gradzoo(steps);
  }

  /** Makes the SQL functions for columns of the tables known to a session. */
  public static void functions(SparkSession spark) {
    SqlFunctions.register(spark);
  }

  /**
   * For one command, which refuses settings that it does not use.
   *
   * @param command its name, for messages
   * @param session opened when the step has read its config
   * @param settings all that was said of it
   */
  public static Gradzoo forCommand(
      String command, StepSession session, StepSettings settings, Progress progress) {
    return new Gradzoo(new StepRunner(session, settings, Optional.of(command), progress));
  }

  /** The same on another preset, a config in {@code conf/}. */
  public Gradzoo preset(String name) {
    return with(steps.settings().withPreset(name));
  }

  /** The same with a config file over the preset. */
  public Gradzoo config(Path file) {
    return with(steps.settings().withFile(file));
  }

  /**
   * The same with more settings, which lie over the file's.
   *
   * @param assignments {@code key=value}, as {@code --set} takes them
   */
  public Gradzoo set(String... assignments) {
    return with(steps.settings().with(List.of(assignments)));
  }

  /** The settings over preset and file, in the form in which {@link #set} takes them. */
  public String[] settings() {
    return steps.settings().assignments().toArray(String[]::new);
  }

  /** The same with tables as plain Parquet in a folder instead of in the warehouse. */
  public Gradzoo output(String folder) {
    return with(steps.settings().withOutput(folder));
  }

  /** The same, which reads zoos as they were. */
  public Gradzoo at(ZooVersion version) {
    return with(steps.settings().at(version));
  }

  /** The same, which reads the zoos of a snapshot, as {@link ZooSteps#show} lists it. */
  public Gradzoo atSnapshot(long id) {
    return at(new ZooVersion.OfSnapshot(id));
  }

  /** The same, which reads the zoos that stood there at a time. */
  public Gradzoo asOf(Instant time) {
    return at(new ZooVersion.AsOf(time));
  }

  /** The same, which says how far it is: a line every few seconds, and what a user should know. */
  public Gradzoo showing(PrintStream out) {
    return new Gradzoo(
        new StepRunner(steps.session(), steps.settings(), steps.command(), Progress.sparse(out)));
  }

  private Gradzoo with(StepSettings settings) {
    return offering(new StepRunner(steps.session(), settings, steps.command(), steps.progress()));
  }

  /**
   * Every value in force.
   *
   * @throws GradzooException exit code 2 with every mistake
   */
  public GradzooConfig config() {
    return steps.config(ConfigUse.everything());
  }

  /** The config's zoo. */
  public ZooSteps zoo() {
    return new ZooSteps(steps);
  }

  /**
   * The zoo of a name, made with the config if it is made.
   *
   * @throws GradzooException exit code 2 if no zoo can have the name
   */
  public ZooSteps zoo(String name) {
    if (!ZooConfig.named(name)) {
      throw GradzooException.usage(
          Fault.of("NAME").expected(ZooConfig.NAMES).found("\"%s\"", name).fix("gradzoo zoo list"));
    }
    return set("zoo.name=" + name).zoo();
  }

  /** A trained model, wherever its run directory is. */
  public RunSteps run(Path directory) {
    return run(directory.toString());
  }

  /**
   * Likewise.
   *
   * @param location of its run directory: a path of this machine, or an {@code hdfs:} URL
   */
  public RunSteps run(String location) {
    return new RunSteps(steps, new RunDirectory(location));
  }

  /** {@code zoo list}: the zoos and their tables. */
  public StepResult<TableList> zoos() {
    return steps.run(ConfigUse.places(), new ListTables());
  }

  /** {@code runs list}: the trained models in the runs folder, and how they went. */
  public StepResult<RunList> runs() {
    return steps.run(ConfigUse.places(), new ListRuns());
  }

  /**
   * {@code demo}: everything once, small.
   *
   * @param otherCode what becomes of what other code made from the same settings
   * @param listener told of the result of each stage before the report
   */
  public StepResult<WrittenReport> demo(OtherCodePolicy otherCode, Consumer<JobResult> listener) {
    return steps.run(ConfigUse.demo(), new DemoJob(Gradzoo::study, otherCode, listener));
  }

  private static GradzooConfig study(String preset) {
    return StepSettings.DEFAULTS.withPreset(preset).load(ConfigUse.study());
  }

  /** {@code storage migrate}: takes tables of an older Gradzoo into the catalog. */
  public StepResult<Migration> migrate() {
    return steps.run(ConfigUse.places(), new MigrationJob(), TableStores::beforeMigration);
  }

  /**
   * {@code storage tidy}: what dead commands left in the warehouse, and versions of tables that
   * were replaced.
   *
   * @param age what is younger is left alone; at least a day
   * @param mode whether it is removed
   * @throws GradzooException exit code 2 if the age is less than a day
   */
  public StepResult<Tidying> tidy(Duration age, TidyJob.TidyMode mode) {
    return steps.run(ConfigUse.places(), new TidyJob(age, mode));
  }
}
