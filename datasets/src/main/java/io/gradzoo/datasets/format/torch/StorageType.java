package io.gradzoo.datasets.format.torch;

import io.gradzoo.datasets.format.ElementType;
import java.nio.ByteBuffer;

/** Types of a storage's numbers, each with the type that it is read as, which holds every value. */
enum StorageType {
  FLOAT32(Float.BYTES, ElementType.FLOAT32),
  FLOAT64(Double.BYTES, ElementType.FLOAT64),
  FLOAT16(Short.BYTES, ElementType.FLOAT32),
  BFLOAT16(Short.BYTES, ElementType.FLOAT32),
  INT64(Long.BYTES, ElementType.INT64),
  INT32(Integer.BYTES, ElementType.INT32),
  INT16(Short.BYTES, ElementType.INT32),
  INT8(Byte.BYTES, ElementType.INT32),
  UINT8(Byte.BYTES, ElementType.INT32);

  private final int bytes;
  private final ElementType readAs;

  StorageType(int bytes, ElementType readAs) {
    this.bytes = bytes;
    this.readAs = readAs;
  }

  /** Size of a number in the file. */
  int bytes() {
    return bytes;
  }

  ElementType readAs() {
    return readAs;
  }

  /**
   * Appends a number to others of the type that it is read as.
   *
   * @param at the number's position in {@code from}, in bytes
   */
  void copy(ByteBuffer from, int at, ByteBuffer to) {
    switch (this) {
      case FLOAT32, INT32 -> to.putInt(from.getInt(at));
      case FLOAT64, INT64 -> to.putLong(from.getLong(at));
      case FLOAT16 -> to.putFloat(ElementType.binary16(from.getShort(at)));
      case BFLOAT16 -> to.putInt(from.getShort(at) << Short.SIZE);
      case INT16 -> to.putInt(from.getShort(at));
      case INT8 -> to.putInt(from.get(at));
      case UINT8 -> to.putInt(from.get(at) & 0xff);
    }
  }
}
