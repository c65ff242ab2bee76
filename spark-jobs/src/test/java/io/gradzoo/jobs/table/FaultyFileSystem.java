package io.gradzoo.jobs.table;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.sql.SparkSession;

/**
 * The local file system under the scheme {@code faulty}, which fills up, refuses to rename, or is
 * gone after some calls, as for a process that was killed.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "faulty";
  private static volatile boolean full;
  private static volatile boolean stuck;
  private static final AtomicLong LEFT = new AtomicLong(Long.MAX_VALUE);

  static void install(SparkSession session) {
    Configuration conf = session.sparkContext().hadoopConfiguration();
    conf.set("fs." + SCHEME + ".impl", FaultyFileSystem.class.getName());
  }

  static void fill() {
    full = true;
  }

  static void refuseRenames() {
    stuck = true;
  }

  /** That many calls are left; neither the next one nor any later one does anything. */
  static void dieAfter(int calls) {
    LEFT.set(calls);
  }

  static void repair() {
    LEFT.set(Long.MAX_VALUE);
    full = false;
    stuck = false;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public void access(Path path, FsAction mode) {
    // The local file system asks the operating system about files of its own scheme only.
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
    return faulty(
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
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
    return faulty(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    call();
    return !stuck && super.rename(from, to);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    call();
    return super.open(path, bufferSize);
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

  private static void call() throws IOException {
    if (LEFT.getAndUpdate(left -> left == Long.MAX_VALUE ? left : Math.max(0, left - 1)) == 0) {
      throw new IOException("the process is dead");
    }
  }

  private static FSDataOutputStream faulty(FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(new Filling(out), null);
  }

  private static final class Filling extends FilterOutputStream {
    private Filling(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      refuseIfFull();
      out.write(bytes, offset, length);
    }

    @Override
    public void write(int b) throws IOException {
      refuseIfFull();
      out.write(b);
    }

    private static void refuseIfFull() throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
    }
  }
}
