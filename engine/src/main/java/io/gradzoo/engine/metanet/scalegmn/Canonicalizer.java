package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/** A map c with c(q x) = c(x) for every admissible factor q (ScaleGMN, App. A.1.2). */
sealed interface Canonicalizer {

  /**
   * @param x [rows, width]
   * @return [rows, width]
   */
  Tensor apply(Tape tape, Tensor x);

  /**
   * The canonicaliser of a group for features of a width; its parameters, if any, go under {@code
   * name}.
   */
  static Canonicalizer register(
      ParameterLayout layout,
      String name,
      RescalingGroup symmetry,
      int width,
      ScaleGmnConfig config) {
    if (symmetry == RescalingGroup.SCALE) {
      return new UnitLength();
    }
    return config.canonicalization() == ScaleGmnConfig.Canonicalization.ABSOLUTE
        ? new Absolute()
        : new Symmetrized(Mlp.register(layout, name + ".rho", width, width, config.style()));
  }

  /** {@code x / (‖x‖ + 1e-10)}: positive factors. */
  record UnitLength() implements Canonicalizer {
    @Override
    public Tensor apply(Tape tape, Tensor x) {
      return tape.unitNorm(x);
    }
  }

  /** {@code |x|}: signs. */
  record Absolute() implements Canonicalizer {
    @Override
    public Tensor apply(Tape tape, Tensor x) {
      return tape.abs(x);
    }
  }

  /** {@code ρ(x) + ρ(−x)} with ρ learned: signs. */
  record Symmetrized(Mlp rho) implements Canonicalizer {
    @Override
    public Tensor apply(Tape tape, Tensor x) {
      return rho.even(tape, x);
    }
  }
}
