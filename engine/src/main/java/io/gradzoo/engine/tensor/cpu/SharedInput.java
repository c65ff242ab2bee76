package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Storage;

/**
 * An input that is the same for all models.
 *
 * @param host holds it once
 * @param memory has it for each model
 */
record SharedInput(Storage host, Memory memory) {

  /** Brings the numbers of the first models up to date. */
  void refresh(int models) {
    int size = host.sizePerModel();
    for (int m = 0; m < models; m++) {
      System.arraycopy(host.values(), 0, memory.values, m * size, size);
    }
  }
}
