package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Tensor;

/** A tensor and where its numbers lie, all models' rows counted on. */
final class Operand {
  private final Memory memory;
  private final int rows;
  private final int width;

  Operand(Tensor tensor, Memory memory) {
    this.memory = memory;
    this.rows = tensor.rows();
    this.width = tensor.width();
  }

  /** Rows of one model. */
  int rows() {
    return rows;
  }

  /** Numbers in a row. */
  int width() {
    return width;
  }

  float[] values() {
    return memory.values;
  }

  /** Null where none are computed. */
  float[] gradients() {
    return memory.gradients;
  }

  /** Where in {@link #values} a row begins. */
  int valueAt(int row) {
    return row * width - memory.firstValue;
  }

  /** Where in {@link #gradients} a row begins. */
  int gradientAt(int row) {
    return row * width - memory.firstGradient;
  }

  boolean needsGradient() {
    return memory.needsGradient();
  }

  Memory memory() {
    return memory;
  }
}
