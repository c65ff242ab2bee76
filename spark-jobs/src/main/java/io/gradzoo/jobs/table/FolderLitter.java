package io.gradzoo.jobs.table;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What dead commands left in a folder and in those right below it: staged batches and checkpoints
 * that nobody went on with, locks, and files that proved that a folder can be written. Only what
 * bears such a name counts; links are not followed.
 */
final class FolderLitter {
  private static final Pattern STAGED = Pattern.compile("\\.([a-z]+)-[0-9a-f]+(-[0-9a-f]+)?");
  private static final Pattern BATCH = Pattern.compile("\\.?batch_\\d{5}(\\..*)?");
  private static final Pattern LOCK =
      Pattern.compile("\\.([a-z]+)\\.lock-" + Writer.TOKEN + "-\\d+");
  private static final Pattern PROBE = Pattern.compile("\\.gradzoo-probe-[0-9a-f-]{36}");

  private final FileSystem files;
  private final Instant before;
  private final List<Leftover> found = new ArrayList<>();

  private FolderLitter(FileSystem files, Instant before) {
    this.files = files;
    this.before = before;
  }

  /**
   * Looks.
   *
   * @param before what changed later is left alone
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if it cannot be read
   */
  static List<Leftover> of(FileSystem files, Path root, Instant before) {
    FolderLitter litter = new FolderLitter(OwnFolder.raw(files), before);
    try {
      if (litter.files.exists(root)) {
        litter.look(root);
        for (FileStatus below : litter.sorted(root)) {
          if (below.isDirectory()
              && !below.getPath().getName().startsWith(".")
              && !OwnFolder.link(litter.files, below.getPath())) {
            litter.look(below.getPath());
          }
        }
      }
    } catch (IOException e) {
      throw TableFailures.tidying(Folder.shown(root), "read", e);
    }
    return litter.found;
  }

  private void look(Path folder) throws IOException {
    FileStatus[] all = sorted(folder);
    for (FileStatus status : all) {
      Path path = status.getPath();
      String name = path.getName();
      Matcher staged = STAGED.matcher(name);
      if (OwnFolder.link(files, path) || !old(status)) {
        continue;
      }
      if (status.isDirectory() && CheckpointFolder.named(name)) {
        lookAtCheckpoints(path);
      } else if (status.isDirectory()
          && staged.matches()
          && holdsBatches(path)
          && !atWork(all, staged.group(1))) {
        add(
            "staged batches of %s that nobody went on with".formatted(staged.group(1)),
            path,
            files.getContentSummary(path).getLength(),
            () -> OwnFolder.deleteUnfinished(files, path));
      } else if (!status.isDirectory() && LOCK.matcher(name).matches() && !alive(status)) {
        add("the lock of a dead command", path, 0, () -> files.delete(path, false));
      } else if (!status.isDirectory() && PROBE.matcher(name).matches()) {
        add("a dead command's proof", path, status.getLen(), () -> files.delete(path, false));
      }
    }
  }

  /** Of a training that nobody goes on with; a foreign file makes the folder somebody's own. */
  private void lookAtCheckpoints(Path folder) throws IOException {
    FileStatus[] all = sorted(folder);
    boolean ours =
        Arrays.stream(all)
            .allMatch(
                each ->
                    CheckpointFolder.owns(each.getPath().getName())
                        || LOCK.matcher(each.getPath().getName()).matches());
    if (!ours || Arrays.stream(all).anyMatch(FolderLitter::alive)) {
      return;
    }
    look(folder);
    add(
        "checkpoints of a training that nobody went on with",
        folder,
        files.getContentSummary(folder).getLength(),
        () -> CheckpointFolder.remove(files, folder));
  }

  private boolean holdsBatches(Path folder) throws IOException {
    FileStatus[] all = files.listStatus(folder);
    return all.length > 0
        && Arrays.stream(all)
            .allMatch(
                each -> each.isDirectory() && BATCH.matcher(each.getPath().getName()).matches());
  }

  /** Whether it, and what is right in it, was last changed before. */
  private boolean old(FileStatus status) throws IOException {
    if (!Instant.ofEpochMilli(status.getModificationTime()).isBefore(before)) {
      return false;
    }
    return !status.isDirectory()
        || Arrays.stream(files.listStatus(status.getPath()))
            .allMatch(each -> Instant.ofEpochMilli(each.getModificationTime()).isBefore(before));
  }

  private static boolean atWork(FileStatus[] all, String job) {
    return Arrays.stream(all)
        .anyMatch(
            each -> {
              Matcher lock = LOCK.matcher(each.getPath().getName());
              return lock.matches() && lock.group(1).equals(job) && alive(each);
            });
  }

  private static boolean alive(FileStatus lock) {
    Matcher name = LOCK.matcher(lock.getPath().getName());
    return name.matches()
        && Writer.of(name.group(2), name.group(3), name.group(4))
            .alive(Instant.ofEpochMilli(lock.getModificationTime()));
  }

  private void add(String kind, Path place, long bytes, Leftover.Removal removal) {
    found.add(new Leftover(kind, Folder.shown(place), bytes, removal));
  }

  private FileStatus[] sorted(Path folder) throws IOException {
    FileStatus[] all = files.listStatus(folder);
    Arrays.sort(all);
    return all;
  }
}
