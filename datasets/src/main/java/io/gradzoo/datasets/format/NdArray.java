package io.gradzoo.datasets.format;

import io.gradzoo.engine.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/** An immutable array of any rank, in row-major order, as it was read from a file. */
public final class NdArray {
  private final ElementType type;
  private final int[] shape;
  private final byte[] littleEndian;

  /** Takes over the arrays; the bytes are row-major, least significant first. */
  NdArray(ElementType type, int[] shape, byte[] littleEndian) {
    this.type = type;
    this.shape = shape;
    this.littleEndian = littleEndian;
  }

  /**
   * An array of elements that were read elsewhere.
   *
   * @param shape sizes of the axes; taken over
   * @param littleEndian the elements, row-major, least significant byte first; taken over
   */
  public static NdArray of(ElementType type, int[] shape, byte[] littleEndian) {
    return new NdArray(type, shape, littleEndian);
  }

  /** Type of the elements in the file. */
  public ElementType type() {
    return type;
  }

  /** Sizes of the axes, outermost first; empty for a single number. A copy. */
  public int[] shape() {
    return shape.clone();
  }

  /** Count of elements. */
  public int size() {
    return littleEndian.length / type.bytes();
  }

  /** The elements, [size], row-major; other types are cast to float32. A copy. */
  public float[] floats() {
    float[] values = new float[size()];
    type.decode(buffer(), values, 0, values.length);
    return values;
  }

  /** The elements, [size], row-major; other types are cast to float64. A copy. */
  public double[] doubles() {
    double[] values = new double[size()];
    type.decode(buffer(), values, 0, values.length);
    return values;
  }

  /**
   * The elements, [size], row-major. A copy.
   *
   * @throws IllegalStateException if they are not integers
   */
  public long[] longs() {
    if (!type.integral()) {
      throw Fault.of("array").expected("integers").found(this).exception();
    }
    long[] values = new long[size()];
    ByteBuffer buffer = buffer();
    for (int i = 0; i < values.length; i++) {
      values[i] = type == ElementType.INT32 ? buffer.getInt() : buffer.getLong();
    }
    return values;
  }

  /** Type and shape, for instance {@code float32[3, 4]}. */
  @Override
  public String toString() {
    return type.name().toLowerCase(Locale.ROOT) + Arrays.toString(shape);
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN);
  }
}
