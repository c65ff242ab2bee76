package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;

/**
 * A file or folder of this machine, or of another file system that renames a folder in one step.
 * What is published by a rename appears whole or not at all; object stores copy file by file
 * instead, so they are refused.
 *
 * @param files the file system, without Hadoop's sums
 * @param path in it
 */
public record FilePlace(FileSystem files, Path path) {
  private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):/.*");
  private static final String LOCAL = "file";
  private static final Set<String> RENAMING = Set.of("hdfs", "webhdfs", "swebhdfs");

  /** Whether it names a place where folders are renamed in one step. */
  public static boolean renames(String location) {
    Matcher url = URL.matcher(location);
    return !url.matches() || RENAMING.contains(url.group(1).toLowerCase(Locale.ROOT));
  }

  /** What {@link #renames} asks for, in words. */
  public static String expected() {
    return "a folder of this machine or an hdfs: URL, where folders are renamed in one step";
  }

  /**
   * The place that a path of this machine or a URL names.
   *
   * @throws GradzooException exit code 2 if its file system does not rename, 3 if it cannot be
   *     reached
   */
  public static FilePlace of(String location) {
    if (!renames(location)) {
      throw GradzooException.usage(Fault.of("run").at(location).expected(expected()));
    }
    try {
      if (!URL.matcher(location).matches()) {
        return local(java.nio.file.Path.of(location));
      }
      Path path = new Path(location);
      FileSystem files = OwnFolder.raw(path.getFileSystem(settings()));
      return new FilePlace(files, files.makeQualified(path));
    } catch (InvalidPathException e) {
      throw GradzooException.usage(Fault.of("run").at(location).found("no path: " + e.getReason()));
    } catch (IllegalArgumentException | IOException e) {
      throw GradzooException.data(Fault.of("run").at(location).found(TableFailures.reason(e)), e);
    }
  }

  /** A place of this machine. */
  public static FilePlace local(java.nio.file.Path path) {
    RawLocalFileSystem files = new RawLocalFileSystem();
    try {
      files.initialize(new Path("file:///").toUri(), new Configuration(false));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new FilePlace(
        files, new Path(LOCAL, null, path.toAbsolutePath().normalize().toString()));
  }

  /** Those of the Spark session, if there is one. */
  private static Configuration settings() {
    return SparkSession.getDefaultSession().isDefined()
        ? SparkSession.getDefaultSession().get().sparkContext().hadoopConfiguration()
        : new Configuration();
  }

  /** Of a name below it. */
  public FilePlace child(String name) {
    return new FilePlace(files, new Path(path, name));
  }

  /** The folder that it is in. */
  public FilePlace parent() {
    return new FilePlace(files, path.getParent());
  }

  /** Whether it is on this machine. */
  public boolean isLocal() {
    return files instanceof RawLocalFileSystem;
  }

  /** Whether a file is there, which on this machine is no device or pipe. */
  public boolean isFile() {
    return isLocal()
        ? Files.isRegularFile(java.nio.file.Path.of(path.toUri().getPath()))
        : status().map(FileStatus::isFile).orElse(false);
  }

  /** Whether a folder is there. */
  public boolean isFolder() {
    return status().map(FileStatus::isDirectory).orElse(false);
  }

  private Optional<FileStatus> status() {
    try {
      return Optional.of(files.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Names of the files in a folder, sorted; hidden ones are left out. */
  public List<String> fileNames() {
    return names(false);
  }

  /** Names of the folders in a folder, sorted; hidden ones and links are left out. */
  public List<String> folderNames() {
    return names(true);
  }

  private List<String> names(boolean folders) {
    try {
      return Arrays.stream(files.listStatus(path))
          .filter(status -> status.isDirectory() == folders)
          .filter(status -> !folders || !OwnFolder.link(files, status.getPath()))
          .map(status -> status.getPath().getName())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * All files in a folder, hidden ones too.
   *
   * @param levels of folders to look into; links are not followed
   */
  public List<FilePlace> allFiles(int levels) {
    List<FilePlace> all = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(path)) {
        FilePlace place = new FilePlace(files, status.getPath());
        if (place.isFile()) {
          all.add(place);
        } else if (levels > 1 && status.isDirectory() && !OwnFolder.link(files, status.getPath())) {
          all.addAll(place.allFiles(levels - 1));
        }
      }
      return all;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The bytes of a file. */
  public byte[] bytes() {
    return bytes(Integer.MAX_VALUE - 8);
  }

  /** The first bytes of a file. */
  public byte[] bytes(int most) {
    try (InputStream in = files.open(path)) {
      return in.readNBytes(most);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Proves, by writing, that a folder can be written; it is made if need be.
   *
   * @throws GradzooException exit code 3 if it cannot
   */
  public void proveWritable() {
    new Folder(files, path, "run").probe();
  }

  private GradzooException unreadable(IOException e) {
    return GradzooException.data(
        Fault.of("run").at(this).found("cannot be read: " + TableFailures.reason(e)), e);
  }

  /** As people write it. */
  @Override
  public String toString() {
    return Folder.shown(path);
  }
}
