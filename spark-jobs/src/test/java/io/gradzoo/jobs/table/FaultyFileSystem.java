package io.gradzoo.jobs.table;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.sql.SparkSession;

/** The local file system under the scheme {@code faulty}, which fills up or refuses to rename. */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "faulty";
  private static volatile boolean full;
  private static volatile boolean stuck;

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

  static void repair() {
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
    return faulty(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return !stuck && super.rename(from, to);
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
