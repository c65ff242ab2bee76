package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * What this program may replace and delete: folders whose {@link Marker} lists every file in them,
 * unchanged. Links are never followed, and nothing that is not listed is deleted.
 */
final class OwnFolder {
  private static final Pattern SPARK =
      Pattern.compile("\\.?(part.*|_SUCCESS)(\\.crc)?|\\.?_gradzoo\\.json(\\.new)?(\\.crc)?");

  private OwnFolder() {}

  /**
   * Refuses a place that holds anything that this program did not write there.
   *
   * @throws GradzooException exit code 3 naming the first such file
   */
  static void require(FileSystem given, Path place) throws IOException {
    FileSystem files = raw(given);
    if (link(files, place)) {
      throw foreign(place, "a symbolic link");
    }
    if (!files.exists(place)) {
      return;
    }
    if (!files.getFileStatus(place).isDirectory()) {
      throw foreign(place, "a file");
    }
    Marker marker = Marker.read(files, place).orElse(null);
    for (FileStatus file : sorted(files, place)) {
      String found = found(files, file, marker);
      if (found != null) {
        throw foreign(file.getPath(), found);
      }
    }
  }

  /** Deletes the files of a folder that its marker lists, then the folder if nothing is left. */
  static void delete(FileSystem given, Path folder) throws IOException {
    FileSystem files = raw(given);
    if (link(files, folder) || !files.exists(folder)) {
      return;
    }
    Marker marker = Marker.read(files, folder).orElse(null);
    if (marker == null) {
      deleteUnfinished(files, folder);
      return;
    }
    for (FileStatus file : sorted(files, folder)) {
      String name = file.getPath().getName();
      if (!file.isDirectory() && marker.owns(name) && !name.equals(Marker.NAME)) {
        files.delete(file.getPath(), false);
      }
    }
    FileStatus[] left = files.listStatus(folder);
    if (left.length == 1 && left[0].getPath().getName().equals(Marker.NAME)) {
      files.delete(left[0].getPath(), false);
      files.delete(folder, false);
    }
  }

  /** Deletes what Spark wrote below a folder without a marker, and the folders that it empties. */
  static void deleteUnfinished(FileSystem given, Path folder) throws IOException {
    FileSystem files = raw(given);
    if (link(files, folder) || !files.exists(folder)) {
      return;
    }
    for (FileStatus file : sorted(files, folder)) {
      if (link(files, file.getPath())) {
        continue;
      }
      if (file.isDirectory()) {
        deleteUnfinished(files, file.getPath());
      } else if (SPARK.matcher(file.getPath().getName()).matches()) {
        files.delete(file.getPath(), false);
      }
    }
    if (files.listStatus(folder).length == 0) {
      files.delete(folder, false);
    }
  }

  /** The file system without Hadoop's sums, which hides the files that they stand in. */
  static FileSystem raw(FileSystem files) {
    return files instanceof ChecksumFileSystem summed ? summed.getRawFileSystem() : files;
  }

  private static String found(FileSystem files, FileStatus file, Marker marker) throws IOException {
    String name = file.getPath().getName();
    if (link(files, file.getPath())) {
      return "a symbolic link";
    }
    if (file.isDirectory()) {
      return "a folder";
    }
    if (marker == null || !marker.owns(name)) {
      return "one that it did not write";
    }
    Long size = marker.files().get(name);
    String hash = marker.sha256().get(name);
    boolean changed =
        (size != null && size != file.getLen())
            || (hash != null && !hash.equals(hash(files, file.getPath())));
    return changed ? "one that was changed since" : null;
  }

  private static String hash(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return Marker.hash(in.readAllBytes());
    }
  }

  private static GradzooException foreign(Path place, String found) {
    return GradzooException.data(
        Fault.of("write")
            .at(Folder.shown(place))
            .expected("nothing but what gradzoo wrote there")
            .found(found)
            .fix("move it away, or choose another place"));
  }

  /** Whether a local path is a symbolic link. */
  static boolean link(FileSystem files, Path path) {
    return files instanceof RawLocalFileSystem
        && Files.isSymbolicLink(java.nio.file.Path.of(path.toUri().getPath()));
  }

  private static FileStatus[] sorted(FileSystem files, Path folder) throws IOException {
    FileStatus[] all = files.listStatus(folder);
    Arrays.sort(all);
    return all;
  }
}
