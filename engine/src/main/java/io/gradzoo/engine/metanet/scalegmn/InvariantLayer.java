package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * Scale-invariant layer (ScaleGMN eq. 7): {@code φ([c(x), extra])}, with c the canonicaliser of the
 * symmetry.
 *
 * @param canonicalizer c
 * @param phi perceptron on the canonical form and what else is invariant
 */
record InvariantLayer(Canonicalizer canonicalizer, Mlp phi) {

  static InvariantLayer register(
      ParameterLayout layout,
      String name,
      RescalingGroup symmetry,
      int in,
      int extra,
      int out,
      ScaleGmnConfig config) {
    return new InvariantLayer(
        Canonicalizer.register(layout, name, symmetry, in, config),
        Mlp.register(layout, name + ".phi", in + extra, out, config.style()));
  }

  /**
   * @param x [rows, in]
   * @param extra further invariant features, [rows, any], or none
   * @return [rows, out]
   */
  Tensor apply(Tape tape, Tensor x, Tensor... extra) {
    return phi.apply(tape, FeatureLists.prepend(canonicalizer.apply(tape, x), extra));
  }
}
