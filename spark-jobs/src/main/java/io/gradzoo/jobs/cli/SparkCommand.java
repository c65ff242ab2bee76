package io.gradzoo.jobs.cli;

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
import io.gradzoo.jobs.session.TemporaryFolder;
import io.gradzoo.jobs.table.StorageConfig;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import io.gradzoo.jobs.table.ZooVersion;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import scala.Option;

/** A command that is a job on Spark: config, session and tables are ready when it starts. */
abstract class SparkCommand implements Runnable {
  @Spec CommandSpec spec;

  /** The job; the command's own options have been read. */
  abstract Job<?> job();

  /** Whether the command, interrupted and given again, goes on where it was. */
  boolean goesOn() {
    return false;
  }

  /** The keys of the config that the job uses. */
  abstract ConfigUse use();

  /** The version of zoos that the job reads. */
  ZooVersion version() {
    return new ZooVersion.Newest();
  }

  /** The tables where the config keeps them. */
  TableStore warehouse(SparkSession session, StorageConfig storage) {
    return TableStores.iceberg(session, storage);
  }

  @Override
  public final void run() {
    Terminal.nextTime(goesOn() ? Terminal.GOES_ON : Terminal.STARTS_AGAIN);
    GradzooCommand program = GradzooCommand.of(spec);
    GradzooConfig config = program.config(spec, use());
    TemporaryFolder.own().ifPresent(TemporaryFolder::claim);
    boolean shared = SparkSession.getDefaultSession().isDefined();
    Job<?> job = job();
    if (!shared && runsHere()) {
      job.prepare(config);
    }
    SparkSession session = opened(program.progress(), () -> Sessions.open(spec.qualifiedName()));
    try {
      Sessions.requireAlive(session);
      if (!shared) {
        announce(session, program.progress());
      }
      TableStore tables =
          program
              .output()
              .map(folder -> TableStores.plainParquet(session, folder))
              .orElseGet(() -> warehouse(session, config.storage()))
              .at(version());
      JobResult result =
          run(job, new JobContext(config, tables, Progress.to(program.progress(), this::announce)));
      print(result);
      if (!result.faults().isEmpty()) {
        throw GradzooException.data(result.faults());
      }
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      if (Failures.exitCode(e) != ExitCode.USAGE) { // whatever failed, that came first
        Sessions.requireAlive(session);
      }
      throw e;
    } finally {
      if (!shared) {
        session.stop();
      }
    }
  }

  /** Shows information that is known before the work begins. */
  private void announce(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** Shows a result to the user. */
  final void print(JobResult result) {
    PrintWriter out = spec.commandLine().getOut();
    result.print(out);
    out.flush();
  }

  /** Where a command writes: Spark, the tables, runs and reports. */
  private List<String> places(JobContext context) {
    String local =
        context
            .session()
            .sparkContext()
            .getConf()
            .get("spark.local.dir", System.getProperty("java.io.tmpdir"));
    String tables = GradzooCommand.of(spec).output().orElse(context.config().storage().warehouse());
    StorageConfig storage = context.config().storage();
    return List.of(local, tables, storage.runs(), storage.reports());
  }

  /** Whether Spark's tasks will run in this JVM. */
  private static boolean runsHere() {
    return System.getProperty("spark.master", "local").matches("local(\\[.*)?");
  }

  /** Clusters may keep one waiting; this machine does not. */
  private static SparkSession opened(PrintStream progress, Supplier<SparkSession> open) {
    String master = System.getProperty("spark.master", "local");
    return master.startsWith("local")
        ? open.get()
        : WaitNotice.saying("spark: waiting for " + master + ", a minute or so", progress, open);
  }

  private static void announce(SparkSession session, PrintStream progress) {
    Sessions.exposure(session).forEach(progress::println);
    Option<String> page = session.sparkContext().uiWebUrl();
    if (page.isDefined()) {
      progress.println("spark: web page at " + page.get());
    }
  }

  private JobResult run(Job<?> job, JobContext context) {
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
}
