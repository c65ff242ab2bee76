package io.gradzoo.jobs.published;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The new folder that an export writes, which nobody else has: it is made by this export or not at
 * all, and no file in it is ever replaced. Until it is complete, a file {@link #UNFINISHED} stands
 * in it, and no import reads it. Of an export that fails, what it wrote is deleted, and nothing
 * else.
 */
final class ExportFolder implements AutoCloseable {
  /** Stands in a folder that is not complete. */
  static final String UNFINISHED = "_unfinished_export";

  private static final int BUFFER = 1 << 20;

  private final FileSystem files;
  private final Path folder;
  private final List<Path> written = new ArrayList<>();
  private boolean complete;

  private ExportFolder(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * Makes the folder.
   *
   * @throws GradzooException exit code 3 if something stands there
   */
  static ExportFolder create(String name) throws IOException {
    Path folder = new Path(name);
    FileSystem files = folder.getFileSystem(SourceFolder.hadoop());
    ExportFolder made = new ExportFolder(files, folder);
    if (files.getUri().getScheme().equals("file")) {
      java.nio.file.Path local =
          java.nio.file.Path.of(files.makeQualified(folder).toUri().getPath());
      try {
        Files.createDirectories(local.getParent());
        Files.createDirectory(local);
      } catch (FileAlreadyExistsException e) {
        throw taken(folder, e);
      }
    } else if (files.exists(folder)) {
      throw taken(folder, null);
    }
    try {
      made.open(UNFINISHED).close();
      if (files.listStatus(folder).length != 1) {
        throw taken(folder, null);
      }
      return made;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      throw taken(folder, e);
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /**
   * A new file.
   *
   * @param name relative, with slashes
   * @throws IOException if there is one
   */
  OutputStream open(String name) throws IOException {
    Path file = new Path(folder, name);
    OutputStream out = new BufferedOutputStream(files.create(file, false), BUFFER);
    written.add(file);
    return out;
  }

  /** Says that all is written. */
  void complete() throws IOException {
    files.delete(new Path(folder, UNFINISHED), false);
    complete = true;
  }

  /** Takes back what was written, unless all is. */
  @Override
  public void close() throws IOException {
    if (complete) {
      return;
    }
    for (Path file : written) {
      files.delete(file, false);
      if (!file.getParent().equals(folder)) {
        deleteEmpty(file.getParent());
      }
    }
    deleteEmpty(folder);
  }

  private void deleteEmpty(Path path) throws IOException {
    if (files.exists(path) && files.listStatus(path).length == 0) {
      files.delete(path, false);
    }
  }

  private static GradzooException taken(Path folder, Exception cause) {
    return GradzooException.data(
        Fault.of("zoo export")
            .at(folder)
            .expected("a new folder")
            .found("something that is there")
            .fix("name another, or move it away"),
        cause);
  }
}
