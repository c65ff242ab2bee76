package io.gradzoo.datasets.format;

import io.gradzoo.datasets.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads an npy file whole: float32, float64, int32 and int64, either byte order, row- or
 * column-major, format versions 1 to 3. Other types, objects above all, are refused. {@link
 * NpyRows} reads files too large for this.
 */
public final class NpyReader {
  private NpyReader() {}

  /**
   * Reads the array.
   *
   * @throws io.gradzoo.datasets.DataException if the file cannot be read or is not an npy file that
   *     ends with its array
   */
  public static NdArray read(Path file) {
    Place place = Place.of("npy", file);
    requireRegular(place, file);
    try (InputStream in = Files.newInputStream(file)) {
      return read(place, in, Files.size(file));
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  /**
   * Reads the array from a stream.
   *
   * @param length real count of the stream's bytes: what bounds the memory that is used
   */
  static NdArray read(Place place, InputStream in, long length) throws IOException {
    NpyHeader header = NpyHeader.read(place, in);
    header.requireFileLength(place, length);
    int[] shape = header.requireArraySized(place);
    byte[] bytes = in.readNBytes((int) header.dataBytes());
    header.requireFileLength(place, header.dataStart() + bytes.length);
    int width = header.type().bytes();
    if (header.order() == ByteOrder.BIG_ENDIAN) {
      reverseEach(bytes, width);
    }
    return new NdArray(
        header.type(), shape, header.columnMajor() ? rowMajor(bytes, shape, width) : bytes);
  }

  static void requireRegular(Place place, Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw place.fault("a file", "a folder or device", "give the path of a file");
    }
  }

  private static void reverseEach(byte[] bytes, int width) {
    for (int start = 0; start < bytes.length; start += width) {
      for (int low = start, high = start + width - 1; low < high; low++, high--) {
        byte kept = bytes[low];
        bytes[low] = bytes[high];
        bytes[high] = kept;
      }
    }
  }

  /** Walks the elements in row-major order and fetches each from its column-major place. */
  private static byte[] rowMajor(byte[] columnMajor, int[] shape, int width) {
    int[] strides = columnStrides(shape, width);
    int[] index = new int[shape.length];
    byte[] result = new byte[columnMajor.length];
    int from = 0;
    for (int to = 0; to < result.length; to += width) {
      System.arraycopy(columnMajor, from, result, to, width);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        from -= strides[axis] * shape[axis];
        index[axis] = 0;
      }
    }
    return result;
  }

  private static int[] columnStrides(int[] shape, int width) {
    int[] strides = new int[shape.length];
    int stride = width;
    for (int axis = 0; axis < shape.length; axis++) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }
}
