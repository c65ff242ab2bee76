package io.gradzoo.datasets.format;

import io.gradzoo.engine.fault.Fault;
import java.util.Arrays;
import java.util.List;

/**
 * A float32 array of any rank.
 *
 * @param shape sizes of the axes, outermost first; empty for a single number
 * @param values the elements, row-major; owned by the record, so not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content, shared on trust
public record FloatTensor(List<Integer> shape, float[] values) {
  public FloatTensor {
    shape = List.copyOf(shape);
    long count = 1;
    for (int size : shape) {
      if (size < 0) {
        throw Fault.here().expected("sizes of 0 or more").found(shape).exception();
      }
      count = Math.multiplyExact(count, (long) size);
    }
    if (count != values.length) {
      throw Fault.here()
          .expected(count + " values for shape " + shape)
          .found(values.length)
          .exception();
    }
  }

  /** A vector. */
  public static FloatTensor of(float... values) {
    return new FloatTensor(List.of(values.length), values);
  }

  /** Whether the shapes are equal and every value has the same bits or is equally not a number. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FloatTensor that
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "float32" + shape;
  }
}
