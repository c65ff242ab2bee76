package io.gradzoo.jobs.facade;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.session.Sessions;
import io.gradzoo.jobs.table.StorageConfig;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs steps: config first, then the session, the tables and the job.
 *
 * @param session that steps run on
 * @param settings of all of them
 * @param command name of the one command that the settings are meant for, if there is one: it
 *     refuses those that it does not use
 * @param progress where steps say how far they are
 */
record StepRunner(
    StepSession session, StepSettings settings, Optional<String> command, Progress progress) {

  /**
   * Runs a step on the tables of the settings.
   *
   * @throws GradzooException of whatever a user can do something about
   */
  <R extends JobResult> StepResult<R> run(ConfigUse use, Job<R> job) {
    return run(
        use,
        job,
        (spark, storage) ->
            settings
                .output()
                .map(folder -> TableStores.plainParquet(spark, folder))
                .orElseGet(() -> TableStores.iceberg(spark, storage))
                .at(settings.version()));
  }

  /**
   * Runs a step on tables of its own.
   *
   * @throws GradzooException of whatever a user can do something about
   */
  <R extends JobResult> StepResult<R> run(
      ConfigUse use, Job<R> job, BiFunction<SparkSession, StorageConfig, TableStore> tables) {
    GradzooConfig config = config(use);
    List<String> notes = new ArrayList<>(config.warnings());
    config.warnings().forEach(progress::note);
    SparkSession spark = session.open(() -> job.prepare(config));
    try {
      Sessions.requireAlive(spark);
      TableStore store = tables.apply(spark, config.storage());
      R result = run(job, new JobContext(config, store, progress.alsoTo(notes::add)));
      return new StepResult<>(result, notes, config.choices().tasks());
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      if (Failures.exitCode(e) != ExitCode.USAGE) { // whatever failed, that came first
        Sessions.requireAlive(spark);
      }
      throw Failures.forUsers(e);
    }
  }

  /**
   * The rows that a step makes, as rows of the caller's session, with its views and functions: the
   * tables of a second warehouse are read through a sibling of it.
   *
   * @throws GradzooException of whatever a user can do something about
   */
  Dataset<Row> rows(ConfigUse use, Job<TableRows> job) {
    Dataset<Row> rows = run(use, job).value().rows();
    return Dataset.ofRows(session.open(() -> {}), rows.queryExecution().analyzed());
  }

  /** The config, read for a step. */
  GradzooConfig config(ConfigUse use) {
    return command.map(name -> settings.load(use, name)).orElseGet(() -> settings.load(use));
  }

  private <R extends JobResult> R run(Job<R> job, JobContext context) {
    try {
      return job.run(context);
    } catch (Exception | FSError e) { // Spark throws checked exceptions, Hadoop errors
      if (Failures.fullDisk(e)) {
        throw FullDisk.among(places(context), e);
      }
      if (Failures.unnamedDamage(e)) {
        context.tables().list().forEach(context.tables()::verify);
      }
      throw e;
    }
  }

  /** Where a step writes: Spark, the tables, runs and reports. */
  private List<String> places(JobContext context) {
    String local =
        context
            .session()
            .sparkContext()
            .getConf()
            .get("spark.local.dir", System.getProperty("java.io.tmpdir"));
    StorageConfig storage = context.config().storage();
    String tables = settings.output().orElse(storage.warehouse());
    return List.of(local, tables, storage.runs(), storage.reports());
  }
}
