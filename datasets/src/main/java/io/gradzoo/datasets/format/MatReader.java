package io.gradzoo.datasets.format;

import io.gradzoo.datasets.Place;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;

/**
 * Reads arrays of real numbers out of MATLAB files of version 5, plain or compressed, in
 * little-endian order: a header of 128 bytes, then elements, each with its type and length before
 * it. Other values (cells, structures, text) are passed over.
 */
public final class MatReader {
  private static final int HEADER = 128;
  private static final int VERSION_AT = 124;
  private static final int BUFFER = 1 << 16;
  private static final int COMPRESSED = 15;
  private static final int MATRIX = 14;
  private static final String FIX = "save it in MATLAB's format 5 (-v6 or -v7)";

  private MatReader() {}

  /**
   * Reads arrays.
   *
   * @param names of those to read; the others' numbers are not kept
   * @return those of the names that the file has
   * @throws io.gradzoo.datasets.DataException if it is no MATLAB file of version 5, or is damaged
   */
  public static SortedMap<String, MatArray> read(Path file, Set<String> names) {
    Place place = Place.of("mat", file);
    NpyReader.requireRegular(place, file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      MatSource source = new MatSource(place, in, Files.size(file));
      requireVersion(source);
      SortedMap<String, MatArray> arrays = new TreeMap<>();
      while (source.remaining() > 0) {
        element(source, names, arrays);
      }
      return Collections.unmodifiableSortedMap(arrays);
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private static void requireVersion(MatSource source) throws IOException {
    byte[] header = source.bytes(HEADER);
    String version =
        new String(header, VERSION_AT, HEADER - VERSION_AT, StandardCharsets.ISO_8859_1);
    if (!version.equals("\0\1IM")) {
      throw source.fault(
          VERSION_AT, "version 1.0 in little-endian order", Place.quote(version), FIX);
    }
  }

  private static void element(MatSource in, Set<String> names, SortedMap<String, MatArray> arrays)
      throws IOException {
    long start = in.position();
    int type = in.integer();
    long length = in.length();
    if (type == COMPRESSED) {
      MatSource packed = in.part(length);
      Unpacking unpacking =
          new Unpacking(in.place(start), new InflaterInputStream(packed.stream()), length);
      MatSource unpacked = new MatSource(in.place(start), unpacking, Long.MAX_VALUE);
      int inner = unpacked.integer();
      long innerLength = unpacked.length();
      if (inner == MATRIX) {
        put(MatMatrix.read(unpacked.part(innerLength), names), in, start, arrays);
        unpacked.requireEnd();
      }
      packed.skipRest();
    } else if (type == MATRIX) {
      put(MatMatrix.read(in.part(length), names), in, start, arrays);
    } else {
      in.part(length).skipRest();
    }
  }

  private static void put(
      MatMatrix matrix, MatSource in, long start, SortedMap<String, MatArray> arrays) {
    if (matrix.array().isPresent() && arrays.put(matrix.name(), matrix.array().get()) != null) {
      throw in.fault(start, "each array once", Place.quote(matrix.name()) + " twice", FIX);
    }
  }
}
