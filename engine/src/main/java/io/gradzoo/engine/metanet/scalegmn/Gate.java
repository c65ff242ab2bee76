package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * How numbers that no rescaling changes enter features that are rescaled: as a factor, {@code x ⊙
 * (1 + V f)} before training, with V and the 1 learned. Not in the paper.
 *
 * @param factor V, [d, features]
 * @param shift [d], 1 before training
 */
record Gate(Parameter factor, Parameter shift) {

  static Gate register(ParameterLayout layout, String name, int d, int features) {
    return new Gate(
        layout.add(name + ".weight", Initialization.linear(features), d, features),
        layout.add(name + ".bias", Initialization.constant(1), d));
  }

  /**
   * @param x [rows, d]
   * @param features [rows, features]
   */
  Tensor apply(Tape tape, Tensor x, Tensor features) {
    return tape.product(x, tape.affine(factor.matrix(), shift, features));
  }
}
