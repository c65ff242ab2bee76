package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that says that a job is at work in a folder, {@code .gradients.lock-WRITER}. Each
 * contender first puts down its own and then looks for others: two that start together may both
 * give way, but never both go on. Who gave way looks again after a time of its own, so that one of
 * them gets it. The lock of a dead process counts for nothing, and is deleted.
 */
final class StagingLock {
  private static final int ATTEMPTS = 4;
  private static final long LONGEST_PAUSE_MILLIS = 500;
  private static final AtomicLong COUNTER = new AtomicLong();

  private final FileSystem files;
  private final Path file;

  private StagingLock(FileSystem files, Path file) {
    this.files = files;
    this.file = file;
  }

  /**
   * Takes the lock.
   *
   * @param folder such as a zoo's, made if need be
   * @param job a name of a-z
   * @param command for messages, such as {@code gradients compute}
   * @throws GradzooException exit code 3 if a living process has it, naming it
   */
  static StagingLock take(FileSystem files, Path folder, String job, String command)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return contend(files, folder, job, command);
      } catch (GradzooException e) {
        if (attempt == ATTEMPTS || !pause()) {
          throw e;
        }
      }
    }
  }

  /** False if there is no time for it. */
  private static boolean pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static StagingLock contend(FileSystem files, Path folder, String job, String command)
      throws IOException {
    String prefix = "." + job + ".lock-";
    Path file = new Path(folder, prefix + Writer.self().token() + "-" + COUNTER.incrementAndGet());
    files.mkdirs(folder);
    files.create(file, false).close();
    Pattern name = Pattern.compile(Pattern.quote(prefix) + Writer.TOKEN + "-\\d+");
    for (FileStatus other : files.listStatus(folder)) {
      Matcher matcher = name.matcher(other.getPath().getName());
      if (!matcher.matches() || other.getPath().getName().equals(file.getName())) {
        continue;
      }
      Writer writer = Writer.of(matcher.group(1), matcher.group(2), matcher.group(3));
      Instant lastSign = Instant.ofEpochMilli(other.getModificationTime());
      if (writer.alive(lastSign)) {
        files.delete(file, false);
        throw taken(folder, command, other.getPath(), writer, lastSign);
      }
      files.delete(other.getPath(), false);
    }
    return new StagingLock(files, file);
  }

  /** Tells other machines that this process lives. */
  void renew() throws IOException {
    files.setTimes(file, Instant.now().toEpochMilli(), -1);
  }

  void release() throws IOException {
    files.delete(file, false);
  }

  private static GradzooException taken(
      Path folder, String command, Path file, Writer writer, Instant lastSign) {
    return GradzooException.data(
        Fault.of(command)
            .at(Folder.shown(folder))
            .expected("no other at work there")
            .found(
                "process %d of %s, which gave a sign of life %s ago",
                writer.pid(), writer.host(), age(lastSign))
            .fix("wait for it; if it is dead, delete %s", Folder.shown(file)),
        new ConcurrentWriteException());
  }

  private static String age(Instant lastSign) {
    long seconds = Math.max(0, Duration.between(lastSign, Instant.now()).toSeconds());
    return seconds < 120 ? seconds + " seconds" : seconds / 60 + " minutes";
  }
}
