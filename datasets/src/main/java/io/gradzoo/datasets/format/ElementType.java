package io.gradzoo.datasets.format;

import java.nio.ByteBuffer;

/**
 * Type of an array's elements, with its conversions; those that narrow round as a Java cast does.
 */
public enum ElementType {
  FLOAT32("f4", Float.BYTES),
  FLOAT64("f8", Double.BYTES),
  FLOAT16("f2", Short.BYTES),
  /** The upper half of a float32; numpy has no name for it. */
  BFLOAT16("bfloat16", Short.BYTES),
  INT32("i4", Integer.BYTES),
  INT64("i8", Long.BYTES);

  private final String code;
  private final int bytes;

  ElementType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Size of an element. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements are integers. */
  public boolean integral() {
    return this == INT32 || this == INT64;
  }

  /** numpy's name without the byte order, such as {@code f4}. */
  String code() {
    return code;
  }

  /** Converts {@code count} elements at the buffer's position, in its byte order. */
  void decode(ByteBuffer from, float[] into, int at, int count) {
    switch (this) {
      case FLOAT32 -> from.asFloatBuffer().get(into, at, count);
      case FLOAT64 -> {
        var values = from.asDoubleBuffer();
        for (int i = 0; i < count; i++) {
          into[at + i] = (float) values.get(i);
        }
      }
      case FLOAT16, BFLOAT16 -> {
        var values = from.asShortBuffer();
        for (int i = 0; i < count; i++) {
          into[at + i] = ofHalf(values.get(i));
        }
      }
      case INT32 -> {
        var values = from.asIntBuffer();
        for (int i = 0; i < count; i++) {
          into[at + i] = (float) values.get(i);
        }
      }
      case INT64 -> {
        var values = from.asLongBuffer();
        for (int i = 0; i < count; i++) {
          into[at + i] = (float) values.get(i);
        }
      }
    }
  }

  /** Converts {@code count} elements at the buffer's position, in its byte order. */
  void decode(ByteBuffer from, double[] into, int at, int count) {
    switch (this) {
      case FLOAT32 -> {
        var values = from.asFloatBuffer();
        for (int i = 0; i < count; i++) {
          into[at + i] = values.get(i);
        }
      }
      case FLOAT64 -> from.asDoubleBuffer().get(into, at, count);
      case FLOAT16, BFLOAT16 -> {
        var values = from.asShortBuffer();
        for (int i = 0; i < count; i++) {
          into[at + i] = ofHalf(values.get(i));
        }
      }
      case INT32 -> {
        var values = from.asIntBuffer();
        for (int i = 0; i < count; i++) {
          into[at + i] = values.get(i);
        }
      }
      case INT64 -> {
        var values = from.asLongBuffer();
        for (int i = 0; i < count; i++) {
          into[at + i] = (double) values.get(i);
        }
      }
    }
  }

  private float ofHalf(short bits) {
    return this == BFLOAT16 ? Float.intBitsToFloat(bits << Short.SIZE) : binary16(bits);
  }

  /**
   * The number of an IEEE 754 binary16: one sign bit, five of the exponent, ten of the fraction.
   */
  public static float binary16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
  }
}
