package io.gradzoo.datasets.format;

import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An array element of a MATLAB file: elements with its flags, shape, name and numbers.
 *
 * @param array empty if it is not wanted
 */
record MatMatrix(String name, Optional<MatArray> array) {
  private static final int FLAGS = 6;
  private static final int SHAPE = 5;
  private static final int NAME = 1;
  private static final int COMPLEX = 0x800;
  private static final int FIRST_NUMERIC = 6;
  private static final int LAST_NUMERIC = 15;
  private static final int LONGEST_NAME = 1000;
  private static final int MOST_AXES = 32;
  private static final String FIX = "save it as an array of real numbers, in format 5 (-v6 or -v7)";

  /** Reads to the end of the element. */
  static MatMatrix read(MatSource in, Set<String> wanted) throws IOException {
    byte[] stored = small(in, FLAGS, 8);
    if (stored.length < Integer.BYTES) {
      throw in.fault(in.position(), "flags of 8 bytes", stored.length + "", FIX);
    }
    int flags = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int kind = flags & 0xff;
    if (kind < FIRST_NUMERIC || kind > LAST_NUMERIC) {
      in.skipRest();
      return new MatMatrix("", Optional.empty());
    }
    List<Integer> shape = shape(in);
    String name = new String(small(in, NAME, LONGEST_NAME), StandardCharsets.ISO_8859_1);
    Optional<MatArray> array = Optional.empty();
    if (wanted.contains(name)) {
      if ((flags & COMPLEX) != 0) {
        throw in.fault(in.position(), "real numbers", "complex ones", FIX);
      }
      array = Optional.of(numbers(in, name, shape));
    }
    in.skipRest();
    return new MatMatrix(name, array);
  }

  private static List<Integer> shape(MatSource in) throws IOException {
    byte[] bytes = small(in, SHAPE, MOST_AXES * Integer.BYTES);
    ByteBuffer sizes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> shape = new ArrayList<>();
    while (sizes.remaining() >= Integer.BYTES) {
      int size = sizes.getInt();
      if (size < 0) {
        throw in.fault(in.position(), "sizes of 0 or more", size + "", FIX);
      }
      shape.add(size);
    }
    return shape;
  }

  private static MatArray numbers(MatSource in, String name, List<Integer> shape)
      throws IOException {
    long start = in.position();
    MatTag tag = MatTag.read(in);
    MatNumber type =
        MatNumber.of(tag.type)
            .orElseThrow(
                () -> in.fault(start, "numbers of " + Place.quote(name), "type " + tag.type, FIX));
    long count = 1;
    for (int size : shape) {
      count = Math.min(count * size, Integer.MAX_VALUE);
    }
    if (count * type.bytes() != tag.length) {
      String expected = "numbers for " + Place.quote(name) + " of shape " + shape;
      throw in.fault(start, expected, tag.length + " bytes", "fetch the file again");
    }
    byte[] bytes = in.bytes(tag.length);
    tag.skipPadding(in);
    return new MatArray(shape, type, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** The bytes of a short element of a type. */
  private static byte[] small(MatSource in, int type, int most) throws IOException {
    long start = in.position();
    MatTag tag = MatTag.read(in);
    if (tag.type != type || tag.length > most) {
      String found = "type " + tag.type + ", " + tag.length + " bytes";
      throw in.fault(
          start, "an element of type " + type + " and up to " + most + " bytes", found, FIX);
    }
    byte[] bytes = in.bytes(tag.length);
    tag.skipPadding(in);
    return bytes;
  }

  /**
   * What stands before the bytes of an element.
   *
   * @param within the bytes that type and length together with the content fill a multiple of
   */
  private record MatTag(int type, long length, int within) {
    static MatTag read(MatSource in) throws IOException {
      long start = in.position();
      int first = in.integer();
      int small = first >>> Short.SIZE;
      if (small > Integer.BYTES) {
        throw in.fault(start, "an element of up to 4 bytes", small + "", FIX);
      }
      return small == 0
          ? new MatTag(first, in.length(), Long.BYTES)
          : new MatTag(first & 0xffff, small, Integer.BYTES);
    }

    /** Content of up to four bytes lies in the tag's own eight. */
    void skipPadding(MatSource in) throws IOException {
      long padding = Math.floorMod(-length, (long) within);
      in.bytes(Math.min(padding, in.remaining()));
    }
  }
}
