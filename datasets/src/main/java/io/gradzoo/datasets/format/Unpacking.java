package io.gradzoo.datasets.format;

import io.gradzoo.datasets.Place;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A stream of unpacked bytes that is refused when there are more than 200 for each packed byte: so
 * what is read from it is bounded by the file's size.
 */
public final class Unpacking extends FilterInputStream {
  private static final int HIGHEST_RATIO = 200;

  /** So that short runs of equal bytes, however well packed, pass. */
  private static final int ALWAYS = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private final Place place;
  private final long most;
  private long count;

  /**
   * @param in unpacked
   * @param packed count of the packed bytes
   */
  public Unpacking(Place place, InputStream in, long packed) {
    super(in);
    this.place = place;
    this.most = ALWAYS + HIGHEST_RATIO * packed;
  }

  /**
   * The bytes of a file, unpacked if it is a gzip file.
   *
   * @throws io.gradzoo.datasets.DataException if it is no file
   */
  public static InputStream open(Place place, Path file) throws IOException {
    NpyReader.requireRegular(place, file);
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return plainOrUnpacked(place, in, Files.size(file));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * A stream's bytes, unpacked if they begin as a gzip file does.
   *
   * @param in can go back to its start by {@link InputStream#reset}
   * @param packed count of its bytes
   */
  public static InputStream plainOrUnpacked(Place place, InputStream in, long packed)
      throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new Unpacking(place, new GZIPInputStream(in, BUFFER), packed) : in;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    counted(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = in.read(into, offset, length);
    counted(Math.max(read, 0));
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = in.skip(bytes);
    counted(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void counted(long more) {
    count += more;
    if (count > most) {
      throw place.fault(
          "at most " + HIGHEST_RATIO + " bytes from each packed byte",
          "more than " + most + " bytes",
          "give the file unpacked");
    }
  }
}
