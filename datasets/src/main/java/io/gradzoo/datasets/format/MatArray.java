package io.gradzoo.datasets.format;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An array of a MATLAB file, the first axis fastest.
 *
 * @param shape sizes of the axes, the fastest first
 * @param type of the stored numbers, which may be narrower than those that MATLAB shows
 * @param bytes of the numbers, in little-endian order
 */
public record MatArray(List<Integer> shape, MatNumber type, ByteBuffer bytes) {
  public MatArray {
    shape = List.copyOf(shape);
  }

  /** Count of numbers. */
  public int size() {
    return bytes.limit() / type.bytes();
  }

  /** Whether every number is from 0 to 255. */
  public boolean holdsBytes() {
    return type == MatNumber.UINT8;
  }

  /** A number by its position. */
  public double at(int position) {
    return type.at(bytes, position * type.bytes());
  }
}
