package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.session.Sessions;
import io.gradzoo.jobs.session.TemporaryFolder;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The session of a command: that of this JVM if it has one, else its own, which ends with it. */
final class CommandSession implements AutoCloseable {
  private final String application;
  private final PrintStream progress;
  private Optional<SparkSession> own = Optional.empty();

  /**
   * @param application the name the Spark UI shows
   * @param progress where lines about Spark go
   */
  CommandSession(String application, PrintStream progress) {
    this.application = application;
    this.progress = progress;
  }

  /**
   * Opens it.
   *
   * @param meanwhile what can be prepared while it starts, if Spark's tasks will run here
   */
  SparkSession open(Runnable meanwhile) {
    TemporaryFolder.own().ifPresent(TemporaryFolder::claim);
    boolean shared = SparkSession.getDefaultSession().isDefined();
    if (!shared && runsHere()) {
      meanwhile.run();
    }
    SparkSession session = opened(() -> Sessions.open(application));
    if (!shared) {
      own = Optional.of(session);
      Sessions.requireAlive(session);
      announce(session);
    }
    return session;
  }

  @Override
  public void close() {
    own.ifPresent(SparkSession::stop);
  }

  /** Whether Spark's tasks will run in this JVM. */
  private static boolean runsHere() {
    return System.getProperty("spark.master", "local").matches("local(\\[.*)?");
  }

  /** Clusters may keep one waiting; this machine does not. */
  private SparkSession opened(Supplier<SparkSession> open) {
    String master = System.getProperty("spark.master", "local");
    return master.startsWith("local")
        ? open.get()
        : WaitNotice.saying("spark: waiting for " + master + ", a minute or so", progress, open);
  }

  private void announce(SparkSession session) {
    Sessions.exposure(session).forEach(progress::println);
    Option<String> page = session.sparkContext().uiWebUrl();
    if (page.isDefined()) {
      progress.println("spark: web page at " + page.get());
    }
  }
}
