package io.gradzoo.jobs.table;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The replacement of a plain table's folder by a new one.
 *
 * <p>The new rows are written to a hidden sibling, {@code .members.new-TOKEN}. When they are
 * complete, the old folder is moved to {@code .members.old-TOKEN}, the new one takes its place, and
 * the old one is deleted. Whoever finds the table's place empty and an old folder beside it (the
 * writer died between the two moves) finishes the replacement, or takes it back if the new folder
 * is incomplete: {@link #recover}. The token names the {@link Writer}, so that what a dead one left
 * behind can be swept: {@link #sweep}.
 */
final class Publication {
  private static final Pattern LEFT =
      Pattern.compile("\\.([a-z][a-z0-9_]*)\\.(new|old)-(" + Writer.TOKEN + "-\\d+)");
  private static final AtomicLong COUNTER = new AtomicLong();

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

  /** Where the new rows are to be written; it does not exist yet. */
  Path fresh() {
    return fresh;
  }

  /** Puts the new folder, now complete, into the place. */
  void publish() throws IOException {
    boolean replaces = files.exists(place);
    if (replaces) {
      move(place, old);
    }
    try {
      move(fresh, place);
    } catch (IOException e) {
      if (replaces && !files.exists(place)) {
        move(old, place);
      }
      throw e;
    }
    files.delete(old, true);
  }

  /** Deletes what a failed write left; the table is as it was. */
  void abandon() {
    try {
      files.delete(fresh, true);
    } catch (IOException e) {
      // What cannot be deleted now is swept at the next start.
    }
  }

  /** Finishes, or takes back, a replacement whose process died between the two moves. */
  static void recover(FileSystem files, Path place) throws IOException {
    if (files.exists(place) || !files.exists(place.getParent())) {
      return;
    }
    for (Left left : left(files, place.getParent())) {
      if (left.table.equals(place.getName()) && left.kind.equals("old") && !left.alive()) {
        Publication publication = new Publication(files, place, left.token);
        boolean complete =
            files.exists(publication.fresh) && PlainManifest.stands(files, publication.fresh);
        move(files, complete ? publication.fresh : publication.old, place);
        return;
      }
    }
  }

  /** Recovers every table of a zoo's folder and deletes what dead processes left there. */
  static void sweep(FileSystem files, Path zoo) throws IOException {
    for (Left left : left(files, zoo)) {
      if (!left.alive()) {
        recover(files, new Path(zoo, left.table));
      }
    }
    for (Left left : left(files, zoo)) {
      if (!left.alive()) {
        files.delete(left.path, true);
      }
    }
  }

  private static List<Left> left(FileSystem files, Path zoo) throws IOException {
    List<Left> left = new ArrayList<>();
    for (FileStatus status : files.listStatus(zoo)) {
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

  /** A folder that a process left beside a table, or still works on. */
  private record Left(Path path, String table, String kind, String token, boolean alive) {}

  private Path sibling(String kind, String token) {
    return new Path(place.getParent(), "." + place.getName() + "." + kind + "-" + token);
  }

  private void move(Path from, Path to) throws IOException {
    move(files, from, to);
  }

  private static void move(FileSystem files, Path from, Path to) throws IOException {
    if (files.exists(to)) {
      throw new IOException("a folder stands at " + Folder.shown(to) + " already");
    }
    if (!files.rename(from, to)) {
      throw new IOException(
          "cannot rename %s to %s".formatted(Folder.shown(from), Folder.shown(to)));
    }
  }
}
