package io.gradzoo.jobs.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A process of its own that takes the lock of a folder, and says for every line whether it has it.
 */
final class LockHolder implements AutoCloseable {
  static final String COMMAND = "train scalegmn";
  static final Lease LEASE = new Lease(Duration.ofMillis(50), Duration.ofMillis(1000));

  private final Process process;
  private final BufferedReader answers;

  private LockHolder(Process process) {
    this.process = process;
    this.answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /**
   * Starts it and waits until it has the lock.
   *
   * @param host that it says it is of; empty for this machine
   */
  static LockHolder start(Path folder, String host) throws IOException {
    LockHolder holder =
        new LockHolder(
            new ProcessBuilder(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LockHolder.class.getName(),
                    folder.toString(),
                    host)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    holder.answer();
    return holder;
  }

  public static void main(String[] arguments) throws IOException {
    Writer self = Writer.self();
    Writer writer =
        arguments[1].isEmpty() ? self : new Writer(arguments[1], self.pid(), self.start());
    StagingLock lock =
        StagingLock.take(
            files(), new org.apache.hadoop.fs.Path(arguments[0]), "train", COMMAND, writer, LEASE);
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    do {
      System.out.println(lock.held());
    } while (questions.readLine() != null);
  }

  static RawLocalFileSystem files() throws IOException {
    RawLocalFileSystem files = new RawLocalFileSystem();
    files.initialize(java.net.URI.create("file:///"), new Configuration(false));
    return files;
  }

  long pid() {
    return process.pid();
  }

  boolean holds() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    return answer();
  }

  /** Stops it, as a machine that is put to sleep. */
  void stop() throws Exception {
    signal("STOP");
  }

  void wake() throws Exception {
    signal("CONT");
  }

  void kill() throws Exception {
    process.destroyForcibly();
    process.waitFor(1, TimeUnit.MINUTES);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private boolean answer() throws IOException {
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("it ended");
    }
    return answer.equals("true");
  }

  private void signal(String name) throws Exception {
    List<String> line = List.of("kill", "-" + name, Long.toString(process.pid()));
    new ProcessBuilder(line).inheritIO().start().waitFor();
  }
}
