package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.session.Sessions;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import java.io.PrintStream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import scala.Option;

/** A command that is a job on Spark: config, session and tables are ready when it starts. */
abstract class SparkCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** The job; the command's own options have been read. */
  abstract Job job();

  /** Called before the work if the command, interrupted, goes on where it was. */
  void announceResumption() {}

  @Override
  public final void run() {
    announceResumption();
    GradzooCommand program = GradzooCommand.of(spec);
    GradzooConfig config = program.config();
    String warehouse = config.storage().warehouse();
    boolean shared = SparkSession.getDefaultSession().isDefined();
    SparkSession session =
        Waiting.saying(
            "spark: waiting for " + System.getProperty("spark.master", "a master"),
            program.progress(),
            () -> Sessions.open(spec.qualifiedName(), warehouse));
    try {
      if (!shared) {
        announce(session, program.progress());
      }
      TableStore tables =
          program
              .output()
              .map(folder -> TableStores.plainParquet(session, folder))
              .orElseGet(() -> TableStores.iceberg(session, warehouse));
      run(
          new JobContext(
              config, tables, Progress.to(program.progress()), spec.commandLine().getOut()));
    } finally {
      if (!shared) {
        session.stop();
      }
    }
  }

  private static void announce(SparkSession session, PrintStream progress) {
    Sessions.exposure(session).forEach(progress::println);
    Option<String> page = session.sparkContext().uiWebUrl();
    if (page.isDefined()) {
      progress.println("spark: web page at " + page.get());
    }
  }

  private void run(JobContext context) {
    try {
      job().run(context);
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      if (Failures.exitCode(e) == ExitCode.INTERNAL) {
        Sessions.requireAlive(context.session());
      }
      if (Failures.unnamedDamage(e)) {
        context.tables().list().forEach(context.tables()::verify);
      }
      throw e;
    }
  }
}
