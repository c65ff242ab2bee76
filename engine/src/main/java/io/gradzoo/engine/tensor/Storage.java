package io.gradzoo.engine.tensor;

/**
 * The numbers behind one or several tensors that view them; its arrays come from the {@link
 * MemoryPlan}.
 */
final class Storage {
  private final int sizePerModel;
  private final boolean needsGradient;
  float[] values;
  float[] gradients;

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
