package io.gradzoo.jobs.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local file system, which tells of every call before anything is done. */
abstract class WatchedFileSystem extends RawLocalFileSystem {
  /**
   * What is thrown in place of a call of a process that is dead. Not an exception, so that nobody
   * handles it or tries again.
   */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Called before anything is done; what it throws is what the caller gets. */
  abstract void call() throws IOException;

  /** Called before bytes are written to a file. */
  abstract void write() throws IOException;

  /** Whether files can be renamed. */
  boolean renames() {
    return true;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    call();
    return watched(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    call();
    return watched(
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  private FSDataOutputStream watched(FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(out, null) {
      @Override
      public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        WatchedFileSystem.this.write();
        super.write(bytes, offset, length);
      }

      @Override
      public synchronized void write(int b) throws IOException {
        WatchedFileSystem.this.write();
        super.write(b);
      }
    };
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    call();
    return super.open(path, bufferSize);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    call();
    return renames() && super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    call();
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    call();
    return super.mkdirs(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    call();
    return super.listStatus(path);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    call();
    return super.getFileStatus(path);
  }

  /** By this process: without native code, Hadoop starts a {@code chmod} for every file. */
  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    String symbols =
        permission.getUserAction().SYMBOL
            + permission.getGroupAction().SYMBOL
            + permission.getOtherAction().SYMBOL;
    Files.setPosixFilePermissions(
        pathToFile(path).toPath(), PosixFilePermissions.fromString(symbols));
  }
}
