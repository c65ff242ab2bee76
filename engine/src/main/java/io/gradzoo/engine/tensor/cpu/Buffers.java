package io.gradzoo.engine.tensor.cpu;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Arrays that are used again by others once they are given back. */
final class Buffers {
  private final Map<Integer, Deque<float[]>> free = new HashMap<>();

  /** The array of that size that was given back last, or a new one. */
  float[] take(int size) {
    Deque<float[]> buffers = free.get(size);
    return buffers == null || buffers.isEmpty() ? new float[size] : buffers.pop();
  }

  void giveBack(float[] buffer) {
    free.computeIfAbsent(buffer.length, size -> new ArrayDeque<>()).push(buffer);
  }
}
