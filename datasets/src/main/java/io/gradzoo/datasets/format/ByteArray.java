package io.gradzoo.datasets.format;

import io.gradzoo.engine.fault.Fault;
import java.util.List;

/**
 * An array of bytes of any rank, as image files hold it.
 *
 * @param shape sizes of the axes, the slowest first
 * @param values the elements, each from 0 to 255 as an unsigned byte; owned by the record, so not
 *     to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // shared on trust, never compared
public record ByteArray(List<Integer> shape, byte[] values) {
  public ByteArray {
    shape = List.copyOf(shape);
    long count = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (count != values.length) {
      throw Fault.here().expected("%d bytes for %s", count, shape).found(values.length).exception();
    }
  }

  /** The element at a position of {@link #values}, from 0 to 255. */
  public int at(int position) {
    return values[position] & 0xff;
  }
}
