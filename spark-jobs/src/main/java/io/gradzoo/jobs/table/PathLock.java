package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Who may replace what stands at a place: one writer at a time, for the moment of the replacement.
 *
 * <p>A contender puts down a claim, {@code .members.claim-WRITER}, and looks at the others'. Before
 * a holder, {@code .members.held-WRITER}, or a claim of a smaller name it withdraws its own and
 * waits; before claims of larger names it waits until they are withdrawn. So of two that look, at
 * least one sees the other, and one of them goes on. Claims of dead processes are deleted: at once
 * if they are of this machine, else as {@link Lease} says.
 */
final class PathLock implements AutoCloseable {
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final Duration LONGEST_WORK = Duration.ofMinutes(1);
  private static final int PAUSE_MILLIS = 20;

  private static final String CLAIM = "\\.(claim|held)-(" + Writer.TOKEN + "-\\d+)";
  private static final Pattern ANY = Pattern.compile("\\.[A-Za-z0-9_][A-Za-z0-9_.-]*" + CLAIM);

  private enum Others {
    NONE,
    LATER,
    FIRST
  }

  private final FileSystem files;
  private final Path place;
  private final Path claim;
  private final Path held;
  private final Pattern names;
  private final Lease lease;
  private final Sightings sightings;
  private long touched;
  private Optional<Heartbeat> heartbeat = Optional.empty();

  private PathLock(FileSystem files, Path place, Writer writer, Lease lease) {
    this.files = files;
    this.place = place;
    this.lease = lease;
    this.sightings = new Sightings(lease);
    String token = writer.token() + "-" + COUNTER.incrementAndGet();
    String prefix = "." + place.getName();
    this.claim = new Path(place.getParent(), prefix + ".claim-" + token);
    this.held = new Path(place.getParent(), prefix + ".held-" + token);
    this.names = Pattern.compile(Pattern.quote(prefix) + CLAIM);
  }

  /**
   * Waits for the lock and takes it.
   *
   * @throws GradzooException exit code 3 if others have it for some minutes
   */
  static PathLock await(FileSystem files, Path place) throws IOException {
    return await(files, place, Writer.self(), Lease.USUAL);
  }

  /** Likewise, by whom and on what terms. */
  static PathLock await(FileSystem files, Path place, Writer writer, Lease lease)
      throws IOException {
    PathLock lock = new PathLock(OwnFolder.raw(files), place, writer, lease);
    try {
      lock.take();
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Deletes the claims of dead processes. */
  static void sweep(FileSystem given, Path parent) throws IOException {
    FileSystem files = OwnFolder.raw(given);
    if (!files.exists(parent)) {
      return;
    }
    for (FileStatus file : files.listStatus(parent)) {
      Matcher name = ANY.matcher(file.getPath().getName());
      if (name.matches() && !alive(file, name)) {
        files.delete(file.getPath(), false);
      }
    }
  }

  /** Gives it up. */
  @Override
  public void close() throws IOException {
    if (heartbeat.isPresent()) {
      heartbeat.get().close();
    }
    files.delete(claim, false);
    files.delete(held, false);
  }

  /**
   * Whether it still is this process's: it is not if the process stood still for so long that
   * another took over.
   */
  boolean held() throws IOException {
    return heartbeat.isPresent() && heartbeat.get().held();
  }

  private void take() throws IOException {
    long began = System.nanoTime();
    claim();
    for (Others others = others(); others != Others.NONE; others = others()) {
      if (others == Others.FIRST) {
        files.delete(claim, false);
      }
      pause(Duration.ofNanos(System.nanoTime() - began));
      if (others == Others.FIRST || System.nanoTime() - touched > lease.beat().toNanos()) {
        claim();
      }
    }
    files.create(held, false).close();
    heartbeat = Optional.of(Heartbeat.of(files, held, lease));
    files.delete(claim, false);
  }

  private void claim() throws IOException {
    files.create(claim, true).close();
    touched = System.nanoTime();
  }

  private Others others() throws IOException {
    Others most = Others.NONE;
    long looked = System.nanoTime();
    for (FileStatus other : files.listStatus(place.getParent())) {
      Matcher name = names.matcher(other.getPath().getName());
      if (!name.matches() || other.getPath().getName().equals(claim.getName())) {
        continue;
      }
      if (dead(other, name, looked)) {
        files.delete(other.getPath(), false);
      } else if (name.group(1).equals("held")
          || other.getPath().getName().compareTo(claim.getName()) < 0) {
        return Others.FIRST;
      } else {
        most = Others.LATER;
      }
    }
    return most;
  }

  private boolean dead(FileStatus file, Matcher name, long looked) {
    Writer writer = writer(name);
    return writer.here() ? !writer.running() : sightings.of(file, looked) == Sightings.Sign.DEAD;
  }

  private static boolean alive(FileStatus file, Matcher name) {
    return writer(name).alive(Instant.ofEpochMilli(file.getModificationTime()));
  }

  private static Writer writer(Matcher name) {
    return Writer.of(name.group(3), name.group(4), name.group(5));
  }

  private void pause(Duration waited) {
    if (waited.minus(lease.silence()).compareTo(LONGEST_WORK) > 0) {
      throw GradzooException.data(
          Fault.of("write")
              .at(Folder.shown(place))
              .expected("no other command that publishes there")
              .found("one for %d seconds", waited.toSeconds())
              .fix("wait for it, then run the same command again"));
    }
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lock", e);
    }
  }
}
