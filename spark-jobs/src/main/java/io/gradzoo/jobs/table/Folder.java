package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;

/** A store's folder, checked before anything is read from it or written to it. */
record Folder(FileSystem files, Path path, String what) {
  private static final int PROBE_BYTES = 4096;

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
      make(path);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /**
   * Proves, by writing, that a folder below can be written; it and its parents are made if need be.
   */
  void probe(String below) {
    new Folder(files, new Path(path, below), what).probe();
  }

  /** Likewise the folder itself. */
  void probe() {
    FileSystem raw = OwnFolder.raw(files);
    Path probe = new Path(path, ".gradzoo-probe-" + UUID.randomUUID());
    try {
      make(path);
      try (OutputStream out = raw.create(probe, false)) {
        out.write(new byte[PROBE_BYTES]);
      } finally {
        raw.delete(probe, false);
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private void make(Path folder) throws IOException {
    if (!files.mkdirs(folder)) {
      throw new IOException("cannot be made");
    }
    files.access(folder, FsAction.WRITE_EXECUTE);
  }

  private GradzooException unwritable(Path folder, IOException e) {
    return GradzooException.data(
        Fault.of(what)
            .at(shown(folder))
            .found("cannot be written: " + TableFailures.reason(e))
            .fix("make room there, let it be written, or choose another"),
        e);
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
