package io.gradzoo.e2e;

import io.gradzoo.jobs.cli.Main;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The program, which dies at a known point of its work as if it were killed: no shutdown hook runs,
 * nothing is tidied up. The points are system properties with regular expressions.
 */
public final class KilledGradzoo {
  /** Dies before the first rename from a path that matches. */
  static final String BEFORE_RENAME = "gradzoo.test.dies-before-rename";

  /** Dies before the first file is made whose path matches. */
  static final String BEFORE_CREATE = "gradzoo.test.dies-before-create";

  /** Dies after the first line of progress that matches. */
  static final String AFTER_LINE = "gradzoo.test.dies-after-line";

  /** That of a process that was killed. */
  static final int STATUS = 137;

  private KilledGradzoo() {}

  /** As {@link Main#main}. */
  public static void main(String[] arguments) {
    System.exit(Main.run(arguments, System.out, new Watched(System.err)));
  }

  private static void dieAt(String point, String where) {
    String pattern = System.getProperty(point);
    if (pattern != null && where.matches(pattern)) {
      Runtime.getRuntime().halt(STATUS);
    }
  }

  /** Progress, line by line. */
  private static final class Watched extends PrintStream {
    private Watched(PrintStream out) {
      super(out, true);
    }

    @Override
    public void println(String line) {
      super.println(line);
      dieAt(AFTER_LINE, line);
    }
  }

  /** The local file system. */
  public static final class Files extends LocalFileSystem {
    @Override
    public boolean rename(Path from, Path to) throws IOException {
      dieAt(BEFORE_RENAME, from + " " + to);
      return super.rename(from, to);
    }

    @Override
    public FSDataOutputStream create(
        Path file,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      dieAt(BEFORE_CREATE, file.toString());
      return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream create(
        Path file,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      dieAt(BEFORE_CREATE, file.toString());
      return super.create(
          file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }
  }
}
