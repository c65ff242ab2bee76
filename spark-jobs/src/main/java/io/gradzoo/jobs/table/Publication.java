package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The replacement of a folder of this program's own by a new one.
 *
 * <p>The new files are written to a hidden sibling, {@code .members.new-TOKEN}. When they are
 * complete, the old folder is moved to {@code .members.old-TOKEN}, the new one takes its place, and
 * the old one is deleted; a {@link PathLock} lets one writer at a time do this. Whoever reads
 * between the two moves finds the old folder where it waits: {@link #standing}. Whoever finds that
 * the writer died there finishes the replacement, or takes it back if the new folder is incomplete:
 * {@link #sweep}. The token names the {@link Writer}, so that what a dead one left behind can be
 * told from what a live one needs.
 */
final class Publication {
  private static final Pattern LEFT =
      Pattern.compile("\\.([A-Za-z0-9_][A-Za-z0-9_.-]*)\\.(new|old)-(" + Writer.TOKEN + "-\\d+)");
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final int MOST_LOOKS = 100;

  private final FileSystem files;
  private final Path place;
  private final Path fresh;
  private final Path old;

  private Publication(FileSystem files, Path place, String token) {
    this.files = files;
    this.place = place;
    this.fresh = sibling("new", token);
    this.old = sibling("old", token);
  }

  /** Prepares to replace what stands at the place. */
  static Publication of(FileSystem files, Path place) {
    String token = Writer.self().token() + "-" + COUNTER.incrementAndGet();
    return new Publication(files, place, token);
  }

  /** Where the new files are to be written; it does not exist yet. */
  Path fresh() {
    return fresh;
  }

  /**
   * Puts the new folder, now complete, into the place.
   *
   * @param expected the {@link #version} that it replaces
   * @throws GradzooException exit code 3 if another stands there by now, or something foreign
   */
  @SuppressWarnings("try") // the lock is held, not used
  void publish(Optional<String> expected) throws IOException {
    try (PathLock lock = PathLock.await(files, place)) {
      recover(files, place);
      requireSame(version(files, place), expected, place);
      OwnFolder.require(files, place);
      replace(expected);
    }
  }

  /** Puts the new folder into a place that is empty and that no other writes to. */
  void publish() throws IOException {
    move(files, fresh, place);
  }

  /** Deletes what a failed write left; the folder is as it was. */
  void abandon() {
    try {
      files.delete(fresh, true);
    } catch (IOException e) {
      // What cannot be deleted now is swept at the next start.
    }
  }

  /** Identity of what stands at a place; empty if nothing of this program's does. */
  static Optional<String> version(FileSystem files, Path place) throws IOException {
    for (int look = 0; look < MOST_LOOKS; look++) {
      Path standing = standing(files, place);
      Optional<String> version = Marker.version(files, standing);
      if (version.isPresent() || !files.exists(standing)) {
        return version;
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses another version than the one that was looked at.
   *
   * @throws GradzooException exit code 3
   */
  static void requireSame(Optional<String> found, Optional<String> expected, Path place) {
    if (!found.equals(expected)) {
      throw GradzooException.data(
          Fault.of("write")
              .at(Folder.shown(place))
              .expected("what stood there when this command began")
              .found("that another command published there meanwhile")
              .fix("the same command again makes it anew"),
          new ConcurrentWriteException());
    }
  }

  /** Where the files of a place stand: in it, or aside while it is being replaced. */
  static Path standing(FileSystem files, Path place) throws IOException {
    for (int look = 0; look < MOST_LOOKS && !files.exists(place); look++) {
      List<Left> aside = left(files, place, "old");
      if (!aside.isEmpty()) {
        return aside.get(0).path;
      }
      if (left(files, place, "new").isEmpty()) {
        break;
      }
    }
    return place;
  }

  /** Puts right what dead processes left in a parent folder, and deletes the rest of it. */
  @SuppressWarnings("try") // the lock is held, not used
  static void sweep(FileSystem files, Path parent) throws IOException {
    for (Left left : left(files, parent)) {
      if (!left.alive()) {
        Path place = new Path(parent, left.name);
        try (PathLock lock = PathLock.await(files, place)) {
          recover(files, place);
          OwnFolder.delete(files, left.path);
        }
      }
    }
    PathLock.sweep(files, parent);
  }

  /** Finishes, or takes back, a replacement whose process died between the two moves. */
  private static void recover(FileSystem files, Path place) throws IOException {
    if (files.exists(place)) {
      return;
    }
    for (Left left : left(files, place, "old")) {
      Publication publication = new Publication(files, place, left.token);
      Optional<Marker> marker = Marker.read(files, publication.fresh);
      boolean complete = marker.isPresent() && marker.get().complete(files, publication.fresh);
      move(files, complete ? publication.fresh : publication.old, place);
      return;
    }
  }

  /**
   * What was moved aside is looked at once more: if this process stood still since it looked first,
   * another may have taken its lock and published.
   */
  private void replace(Optional<String> expected) throws IOException {
    boolean replaces = files.exists(place);
    if (replaces) {
      move(files, place, old);
      Optional<String> moved = Marker.version(files, old);
      if (!moved.equals(expected)) {
        move(files, old, place);
        requireSame(moved, expected, place);
      }
    }
    try {
      move(files, fresh, place);
    } catch (IOException e) {
      if (replaces && !files.exists(place)) {
        move(files, old, place);
      }
      throw e;
    }
    OwnFolder.delete(files, old);
  }

  private static List<Left> left(FileSystem files, Path place, String kind) throws IOException {
    return left(files, place.getParent()).stream()
        .filter(left -> left.name.equals(place.getName()) && left.kind.equals(kind))
        .toList();
  }

  private static List<Left> left(FileSystem files, Path parent) throws IOException {
    List<Left> left = new ArrayList<>();
    if (!files.exists(parent)) {
      return left;
    }
    for (FileStatus status : files.listStatus(parent)) {
      Matcher matcher = LEFT.matcher(status.getPath().getName());
      if (status.isDirectory() && matcher.matches()) {
        left.add(
            new Left(
                status.getPath(),
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                Writer.of(matcher.group(4), matcher.group(5), matcher.group(6))
                    .alive(Instant.ofEpochMilli(status.getModificationTime()))));
      }
    }
    left.sort((a, b) -> a.path.compareTo(b.path));
    return left;
  }

  /** A folder that a process left beside a place, or still works on. */
  private record Left(Path path, String name, String kind, String token, boolean alive) {}

  private Path sibling(String kind, String token) {
    return new Path(place.getParent(), "." + place.getName() + "." + kind + "-" + token);
  }

  /** Renames a folder to a place where nothing stands. */
  static void move(FileSystem files, Path from, Path to) throws IOException {
    if (files.exists(to)) {
      throw new IOException("a folder stands at " + Folder.shown(to) + " already");
    }
    if (!files.rename(from, to)) {
      throw new IOException(
          "cannot rename %s to %s".formatted(Folder.shown(from), Folder.shown(to)));
    }
  }
}
