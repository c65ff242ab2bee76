package io.gradzoo.engine.tensor;

/**
 * The numbers behind one or several tensors that view them; its arrays come from the {@link
 * MemoryPlan}. An array holds all models, or a tile of rows at a time (see {@link Stage}).
 */
final class Storage {
  private final int sizePerModel;
  private final boolean needsGradient;
  float[] values;
  float[] gradients;

  /** Which of all models' numbers come first in {@link #values} and in {@link #gradients}. */
  int firstValue;

  int firstGradient;

  Storage(int sizePerModel, boolean needsGradient) {
    this.sizePerModel = sizePerModel;
    this.needsGradient = needsGradient;
  }

  int sizePerModel() {
    return sizePerModel;
  }

  boolean needsGradient() {
    return needsGradient;
  }
}
