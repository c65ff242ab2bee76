package io.gradzoo.datasets.format;

import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an npy file says of itself: the type, byte order, memory order and shape of its array.
 *
 * @param columnMajor whether the first axis varies fastest (Fortran order)
 * @param shape sizes of the axes, none negative; their product in bytes fits a long
 * @param dataStart offset of the first element in the file
 */
record NpyHeader(
    ElementType type, ByteOrder order, boolean columnMajor, List<Long> shape, long dataStart) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** numpy's own limit on the header's length. */
  private static final int LONGEST = 10_000;

  private static final String FIX = "write the file again with numpy.save";

  /**
   * Reads the header and leaves the stream at the first element.
   *
   * @throws io.gradzoo.datasets.DataException if this is not the start of an npy file
   */
  static NpyHeader read(Place place, InputStream in) throws IOException {
    byte[] start = exactly(place, in, 0, MAGIC.length + 2, "the npy magic and version");
    for (int i = 0; i < MAGIC.length; i++) {
      if (start[i] != MAGIC[i]) {
        throw place
            .atByte(i)
            .fault("the npy magic \\x93NUMPY", "byte 0x" + hex(start[i]), "give an npy file");
      }
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3 || start[MAGIC.length + 1] != 0) {
      String found = (version & 0xff) + "." + (start[MAGIC.length + 1] & 0xff);
      throw place.atByte(MAGIC.length).fault("npy version 1.0, 2.0 or 3.0", found, FIX);
    }
    int lengthBytes = version == 1 ? 2 : 4;
    byte[] claim = exactly(place, in, start.length, lengthBytes, "the header's length");
    long length = 0;
    for (int i = lengthBytes - 1; i >= 0; i--) {
      length = (length << 8) | (claim[i] & 0xff);
    }
    if (length > LONGEST) {
      throw place
          .atByte(start.length)
          .fault("a header of at most " + LONGEST + " bytes", length + " bytes", FIX);
    }
    int textStart = start.length + lengthBytes;
    byte[] text = exactly(place, in, textStart, (int) length, "the header");
    return new NpyHeaderParser(place, new String(text, StandardCharsets.ISO_8859_1), textStart)
        .parse();
  }

  /** Count of elements. */
  long count() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  /** Bytes of data that must follow the header. */
  long dataBytes() {
    return count() * type.bytes();
  }

  /**
   * Checks that the file ends where the array does.
   *
   * @param fileBytes the file's real length
   */
  void requireFileLength(Place place, long fileBytes) {
    long found = fileBytes - dataStart;
    if (found != dataBytes()) {
      String sizes = shape.stream().map(String::valueOf).collect(Collectors.joining("×"));
      String fix =
          found < dataBytes()
              ? "the file is cut short by " + (dataBytes() - found) + " bytes: fetch it again"
              : "the file has "
                  + (found - dataBytes())
                  + " bytes after its array: keep one array a file";
      throw place
          .atByte(dataStart)
          .fault(
              (shape.isEmpty() ? "1" : sizes)
                  + " "
                  + type.name().toLowerCase(Locale.ROOT)
                  + " ("
                  + dataBytes()
                  + " bytes of data)",
              Long.toString(found),
              fix);
    }
  }

  /**
   * Checks that the array fits into Java arrays.
   *
   * @return the shape
   */
  int[] requireArraySized(Place place) {
    boolean fits = dataBytes() <= Integer.MAX_VALUE - 8;
    if (!fits || shape.stream().anyMatch(size -> size > Integer.MAX_VALUE)) {
      throw place.fault(
          "at most 2 GiB to read in one piece",
          dataBytes() + " bytes with shape " + shape,
          "read it by rows");
    }
    return shape.stream().mapToInt(Long::intValue).toArray();
  }

  private static byte[] exactly(Place place, InputStream in, int offset, int length, String what)
      throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw place
          .atByte(offset + bytes.length)
          .fault(
              what + " (" + length + " bytes)",
              "the end of the file after " + bytes.length,
              "fetch the file again");
    }
    return bytes;
  }

  private static String hex(byte value) {
    return String.format(Locale.ROOT, "%02x", value);
  }
}
