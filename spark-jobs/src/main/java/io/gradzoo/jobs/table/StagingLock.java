package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * them gets it. The lock of a dead process counts for nothing, and is deleted: at once if it is of
 * this machine; else, before it puts down its own, a contender watches it as {@link Lease} says.
 *
 * <p>A process that stood still for so long that another took over finds its lock gone, and must
 * ask before it publishes: {@link #requireHeld}.
 */
final class StagingLock {
  private static final int ATTEMPTS = 4;
  private static final long LONGEST_PAUSE_MILLIS = 500;
  private static final AtomicLong COUNTER = new AtomicLong();

  private final FileSystem files;
  private final Path folder;
  private final String command;
  private final Lease lease;
  private final Path file;
  private final Pattern names;
  private Heartbeat heartbeat;
  private boolean hopeless;

  private StagingLock(
      FileSystem files, Path folder, String job, String command, Writer writer, Lease lease) {
    this.files = files;
    this.folder = folder;
    this.command = command;
    this.lease = lease;
    String prefix = "." + job + ".lock-";
    this.file = new Path(folder, prefix + writer.token() + "-" + COUNTER.incrementAndGet());
    this.names = Pattern.compile(Pattern.quote(prefix) + Writer.TOKEN + "-\\d+");
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
    return take(files, folder, job, command, Writer.self(), Lease.USUAL);
  }

  /** Likewise, by whom and on what terms. */
  static StagingLock take(
      FileSystem files, Path folder, String job, String command, Writer writer, Lease lease)
      throws IOException {
    StagingLock lock = new StagingLock(files, folder, job, command, writer, lease);
    for (int attempt = 1; ; attempt++) {
      try {
        lock.contend();
        return lock;
      } catch (GradzooException e) {
        if (attempt == ATTEMPTS || lock.hopeless || !pause(LONGEST_PAUSE_MILLIS)) {
          throw e;
        }
      }
    }
  }

  /** Waits for at most so long; false if there is no time for it. */
  private static boolean pause(long millis) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, millis + 1));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void contend() throws IOException {
    files.mkdirs(folder);
    Sightings sightings = new Sightings(lease);
    while (look(sightings).unknown().isPresent()) {
      if (!pause(lease.beat().toMillis())) {
        throw new IOException("interrupted while waiting for a lock");
      }
    }
    files.create(file, false).close();
    try {
      Others others = look(sightings);
      if (others.unknown().isPresent()) {
        throw others.unknown().get();
      }
      for (Path dead : others.dead()) {
        files.delete(dead, false);
      }
    } catch (IOException | RuntimeException e) {
      files.delete(file, false);
      throw e;
    }
    heartbeat = Heartbeat.of(files, file, lease);
  }

  /**
   * Locks of others.
   *
   * @param unknown what to say of one of a process elsewhere that may live
   */
  private record Others(List<Path> dead, Optional<GradzooException> unknown) {}

  /**
   * Looks for the locks of others.
   *
   * @throws GradzooException if one of a living process is among them
   */
  private Others look(Sightings sightings) throws IOException {
    List<Path> dead = new ArrayList<>();
    Optional<GradzooException> unknown = Optional.empty();
    long looked = System.nanoTime();
    for (FileStatus other : files.listStatus(folder)) {
      Matcher name = names.matcher(other.getPath().getName());
      if (!name.matches() || other.getPath().getName().equals(file.getName())) {
        continue;
      }
      Writer writer = Writer.of(name.group(1), name.group(2), name.group(3));
      Sightings.Sign sign = writer.here() ? here(writer) : sightings.of(other, looked);
      switch (sign) {
        case DEAD -> dead.add(other.getPath());
        case UNKNOWN -> unknown = Optional.of(taken(other, writer));
        case ALIVE -> {
          hopeless = !writer.here();
          throw taken(other, writer);
        }
      }
    }
    return new Others(dead, unknown);
  }

  private static Sightings.Sign here(Writer writer) {
    return writer.running() ? Sightings.Sign.ALIVE : Sightings.Sign.DEAD;
  }

  /** Whether no other took this process for dead. */
  boolean held() throws IOException {
    return heartbeat.held();
  }

  /**
   * Refuses to go on if another took this process for dead.
   *
   * @throws GradzooException exit code 3
   */
  void requireHeld() throws IOException {
    if (!held()) {
      throw GradzooException.data(
          Fault.of(command)
              .at(Folder.shown(file))
              .expected("this process's lock")
              .found(
                  "none: it gave no sign of life for %d seconds and another took over, or somebody deleted it",
                  lease.silence().toSeconds())
              .fix("the same command again, when no other is at work there"),
          new ConcurrentWriteException());
    }
  }

  void release() throws IOException {
    heartbeat.close();
  }

  private GradzooException taken(FileStatus other, Writer writer) {
    Instant lastSign = Instant.ofEpochMilli(other.getModificationTime());
    return GradzooException.data(
        Fault.of(command)
            .at(Folder.shown(folder))
            .expected("no other at work there")
            .found(
                "process %d of %s, which gave a sign of life %s ago",
                writer.pid(), writer.host(), age(lastSign))
            .fix("wait for it; if it is dead, delete %s", Folder.shown(other.getPath())),
        new ConcurrentWriteException());
  }

  private static String age(Instant lastSign) {
    long seconds = Math.max(0, Duration.between(lastSign, Instant.now()).toSeconds());
    return seconds < 120 ? seconds + " seconds" : seconds / 60 + " minutes";
  }
}
