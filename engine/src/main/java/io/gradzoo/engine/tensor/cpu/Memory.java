package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Storage;

/**
 * The arrays behind a storage, or behind what an operation notes for its adjoint; they come from
 * the {@link MemoryPlan}. An array holds all models, or a tile of rows at a time (see {@link
 * Stage}).
 */
final class Memory {
  private final int sizePerModel;
  private final boolean needsGradient;
  float[] values;
  float[] gradients;

  /** Which of all models' numbers come first in {@link #values} and in {@link #gradients}. */
  int firstValue;

  int firstGradient;

  /** With the host's arrays, if it holds any of all models. */
  Memory(Storage storage, int capacity) {
    this.sizePerModel = storage.sizePerModel();
    this.needsGradient = storage.needsGradient();
    this.values = storage.shared() ? new float[capacity * sizePerModel] : storage.values();
    this.gradients = storage.gradients();
  }

  /** For values alone, whose arrays are still to come. */
  Memory(int sizePerModel) {
    this.sizePerModel = sizePerModel;
    this.needsGradient = false;
  }

  int sizePerModel() {
    return sizePerModel;
  }

  boolean needsGradient() {
    return needsGradient;
  }
}
