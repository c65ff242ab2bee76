package io.gradzoo.datasets.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Types of numbers as MATLAB files store them. */
public enum MatNumber {
  INT8(1, Byte.BYTES),
  UINT8(2, Byte.BYTES),
  INT16(3, Short.BYTES),
  UINT16(4, Short.BYTES),
  INT32(5, Integer.BYTES),
  UINT32(6, Integer.BYTES),
  FLOAT32(7, Float.BYTES),
  FLOAT64(9, Double.BYTES),
  INT64(12, Long.BYTES);

  private final int code;
  private final int bytes;

  MatNumber(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  static Optional<MatNumber> of(int code) {
    return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
  }

  /** Size of a number. */
  int bytes() {
    return bytes;
  }

  double at(ByteBuffer from, int offset) {
    return switch (this) {
      case INT8 -> from.get(offset);
      case UINT8 -> from.get(offset) & 0xff;
      case INT16 -> from.getShort(offset);
      case UINT16 -> from.getShort(offset) & 0xffff;
      case INT32 -> from.getInt(offset);
      case UINT32 -> Integer.toUnsignedLong(from.getInt(offset));
      case FLOAT32 -> from.getFloat(offset);
      case FLOAT64 -> from.getDouble(offset);
      case INT64 -> from.getLong(offset);
    };
  }
}
