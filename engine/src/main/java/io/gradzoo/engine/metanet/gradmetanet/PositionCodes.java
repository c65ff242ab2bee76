package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * Position codes on a tape, the same for each element of a set. Those of a slot never change, since
 * no operation writes to inputs.
 */
final class PositionCodes {
  private final float[] codes;
  private final int setSize;
  private final Tensor tensor;
  private final boolean[] written;

  PositionCodes(Tape tape, NeuronSpace neurons, int setSize, int width) {
    this.codes = neurons.positionCodes(width);
    this.setSize = setSize;
    this.tensor = tape.input(setSize * neurons.size(), width);
    this.written = new boolean[tape.capacity()];
  }

  /** [setSize · N, width]. */
  Tensor tensor() {
    return tensor;
  }

  /** Writes the codes of a slot, once. */
  void write(int slot) {
    if (!written[slot]) {
      for (int i = slot * setSize; i < (slot + 1) * setSize; i++) {
        System.arraycopy(codes, 0, tensor.values(), i * codes.length, codes.length);
      }
      written[slot] = true;
    }
  }
}
