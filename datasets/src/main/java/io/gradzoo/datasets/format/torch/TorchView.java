package io.gradzoo.datasets.format.torch;

import io.gradzoo.datasets.format.NdArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor: which numbers of a storage are its elements.
 *
 * @param offset of its first element in the storage
 * @param shape sizes of the axes, none negative
 * @param strides steps in the storage from one index of an axis to the next, none negative
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TorchView(TorchStorage storage, long offset, long[] shape, long[] strides) {
  /** Count of elements. */
  long count() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /**
   * Whether every element lies in the storage and the axes' sizes are Java's.
   *
   * @throws ArithmeticException if the numbers are beyond all bounds
   */
  boolean fits() {
    long last = offset;
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0 || shape[axis] > Integer.MAX_VALUE || strides[axis] < 0) {
        return false;
      }
      last = Math.addExact(last, Math.multiplyExact(Math.max(shape[axis] - 1, 0), strides[axis]));
    }
    return offset >= 0
        && count() <= Integer.MAX_VALUE / Long.BYTES
        && (count() == 0 || last < storage.count());
  }

  /**
   * Copies the elements out.
   *
   * @param bytes of the whole storage, in its byte order
   */
  NdArray array(ByteBuffer bytes) {
    int count = Math.toIntExact(count());
    StorageType type = storage.type();
    byte[] elements = new byte[Math.multiplyExact(count, type.readAs().bytes())];
    ByteBuffer to = ByteBuffer.wrap(elements).order(ByteOrder.LITTLE_ENDIAN);
    long[] index = new long[shape.length];
    long from = offset;
    for (int i = 0; i < count; i++) {
      type.copy(bytes, (int) (from * type.bytes()), to);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        from -= strides[axis] * shape[axis];
        index[axis] = 0;
      }
    }
    int[] sizes = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    return NdArray.of(type.readAs(), sizes, elements);
  }
}
