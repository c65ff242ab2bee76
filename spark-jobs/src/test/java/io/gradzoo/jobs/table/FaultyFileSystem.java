package io.gradzoo.jobs.table;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.spark.sql.SparkSession;

/**
 * The local file system under the scheme {@code faulty}, which fills up, refuses to rename, or is
 * gone after some calls, as for a process that was killed.
 */
public final class FaultyFileSystem extends WatchedFileSystem {
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
  void call() {
    if (LEFT.getAndUpdate(left -> left == Long.MAX_VALUE ? left : Math.max(0, left - 1)) == 0) {
      throw new Death();
    }
  }

  @Override
  void write() throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  boolean renames() {
    return !stuck;
  }
}
