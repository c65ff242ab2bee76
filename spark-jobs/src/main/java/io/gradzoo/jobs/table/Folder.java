package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;

/** A store's folder, checked before anything is read from it or written to it. */
record Folder(FileSystem files, Path path, String what) {

  /**
   * @param what the folder is, for messages
   * @throws GradzooException exit code 3 if its file system cannot be reached, something else
   *     stands there, or it must not be read
   */
  static Folder open(String location, Configuration conf, String what) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(conf);
      Folder folder = new Folder(files, files.makeQualified(path), what);
      folder.requireFolder();
      return folder;
    } catch (IllegalArgumentException | IOException e) {
      throw GradzooException.data(Fault.of(what).at(location).found(TableFailures.reason(e)), e);
    }
  }

  /** Whether anything stands there yet. */
  boolean exists() {
    try {
      return files.exists(path);
    } catch (IOException e) {
      throw failure("cannot be read", e);
    }
  }

  /** Whether anything stands at a path below. */
  boolean holds(String below) {
    try {
      return files.exists(new Path(path, below));
    } catch (IOException e) {
      throw failure("cannot be read", e);
    }
  }

  /** Makes the folder, and its parents, if need be; refuses one that must not be written. */
  void prepareToWrite() {
    try {
      if (!files.mkdirs(path)) {
        throw new IOException("cannot be made");
      }
      files.access(path, FsAction.WRITE_EXECUTE);
    } catch (IOException e) {
      throw failure("cannot be written", e);
    }
  }

  /** The location as people write it: without the scheme where it is local. */
  static String shown(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }

  private void requireFolder() {
    try {
      for (Path part = path; part != null; part = part.getParent()) {
        if (files.exists(part)) {
          FileStatus status = files.getFileStatus(part);
          if (!status.isDirectory()) {
            throw GradzooException.data(
                Fault.of(what)
                    .at(shown(part))
                    .expected("a folder")
                    .found("a file")
                    .fix("move it away or choose another"));
          }
          files.access(part, FsAction.READ_EXECUTE);
          return;
        }
      }
    } catch (IOException e) {
      throw failure("cannot be read", e);
    }
  }

  private GradzooException failure(String verb, IOException e) {
    return GradzooException.data(
        Fault.of(what).at(shown(path)).found(verb + ": " + TableFailures.reason(e)), e);
  }
}
