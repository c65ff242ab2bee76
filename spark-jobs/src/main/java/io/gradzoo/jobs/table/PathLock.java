package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
 * least one sees the other, and one of them goes on. Claims of dead processes are deleted.
 */
final class PathLock implements AutoCloseable {
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
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

  private PathLock(FileSystem files, Path place) {
    this.files = files;
    this.place = place;
    String token = Writer.self().token() + "-" + COUNTER.incrementAndGet();
    String prefix = "." + place.getName();
    this.claim = new Path(place.getParent(), prefix + ".claim-" + token);
    this.held = new Path(place.getParent(), prefix + ".held-" + token);
    this.names = Pattern.compile(Pattern.quote(prefix) + CLAIM);
  }

  /**
   * Waits for the lock and takes it.
   *
   * @throws GradzooException exit code 3 if another has it for a minute
   */
  static PathLock await(FileSystem files, Path place) throws IOException {
    PathLock lock = new PathLock(OwnFolder.raw(files), place);
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
    files.delete(claim, false);
    files.delete(held, false);
  }

  private void take() throws IOException {
    Instant deadline = Instant.now().plus(LONGEST_WAIT);
    files.create(claim, false).close();
    for (Others others = others(); others != Others.NONE; others = others()) {
      if (others == Others.FIRST) {
        files.delete(claim, false);
      }
      pause(deadline);
      if (others == Others.FIRST) {
        files.create(claim, false).close();
      }
    }
    files.create(held, false).close();
    files.delete(claim, false);
  }

  private Others others() throws IOException {
    Others most = Others.NONE;
    for (FileStatus other : files.listStatus(place.getParent())) {
      Matcher name = names.matcher(other.getPath().getName());
      if (!name.matches() || other.getPath().getName().equals(claim.getName())) {
        continue;
      }
      if (!alive(other, name)) {
        files.delete(other.getPath(), false);
      } else if (name.group(1).equals("held") || other.getPath().compareTo(claim) < 0) {
        return Others.FIRST;
      } else {
        most = Others.LATER;
      }
    }
    return most;
  }

  private static boolean alive(FileStatus file, Matcher name) {
    return Writer.of(name.group(3), name.group(4), name.group(5))
        .alive(Instant.ofEpochMilli(file.getModificationTime()));
  }

  private void pause(Instant deadline) {
    if (Instant.now().isAfter(deadline)) {
      throw GradzooException.data(
          Fault.of("write")
              .at(Folder.shown(place))
              .expected("no other command that publishes there")
              .found("one for %d seconds", LONGEST_WAIT.toSeconds())
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
