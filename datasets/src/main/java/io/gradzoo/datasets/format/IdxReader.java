package io.gradzoo.datasets.format;

import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the idx files of MNIST and its successors, plain or gzipped: two zeros, the type 8
 * (unsigned bytes), the count of axes, each axis' size in four bytes with the highest first, then
 * the elements, the last axis fastest.
 */
public final class IdxReader {
  private static final int UNSIGNED_BYTES = 8;
  private static final int MOST_AXES = 4;
  private static final String FIX = "fetch the file again";

  private IdxReader() {}

  /**
   * Reads the array.
   *
   * @param axes how many it must have
   * @throws io.gradzoo.datasets.DataException if the file is not an idx file of bytes that ends
   *     with its array
   */
  public static ByteArray read(Path file, int axes) {
    Place place = Place.of("idx", file);
    try (InputStream in = Unpacking.open(place, file)) {
      return read(place, in, axes);
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private static ByteArray read(Place place, InputStream in, int axes) throws IOException {
    byte[] magic = exactly(place, in, 0, 4);
    if (magic[0] != 0 || magic[1] != 0 || magic[2] != UNSIGNED_BYTES) {
      String found = (magic[0] & 0xff) + ", " + (magic[1] & 0xff) + ", " + (magic[2] & 0xff);
      throw place.atByte(0).fault("0, 0, 8 as in idx files of bytes", found, "give an idx file");
    }
    if (magic[3] != axes || axes > MOST_AXES) {
      throw place
          .atByte(3)
          .fault(axes + " axes", (magic[3] & 0xff) + "", "give the other idx file");
    }
    ByteBuffer sizes = ByteBuffer.wrap(exactly(place, in, 4, axes * Integer.BYTES));
    List<Integer> shape = new ArrayList<>();
    long count = 1;
    for (int axis = 0; axis < axes; axis++) {
      int size = sizes.getInt();
      if (size < 0 || count * size > Integer.MAX_VALUE - 8) {
        String found = Integer.toUnsignedString(size);
        throw place
            .atByte(4 + axis * (long) Integer.BYTES)
            .fault("sizes of at most 2 GiB together", found, FIX);
      }
      count *= size;
      shape.add(size);
    }
    byte[] values = exactly(place, in, 4 + axes * Integer.BYTES, (int) count);
    if (in.read() >= 0) {
      throw place.fault("the end of the file after " + count + " elements", "more data", FIX);
    }
    return new ByteArray(shape, values);
  }

  private static byte[] exactly(Place place, InputStream in, int offset, int length)
      throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw place
          .atByte((long) offset + bytes.length)
          .fault(length + " bytes", "the end of the file after " + bytes.length, FIX);
    }
    return bytes;
  }
}
