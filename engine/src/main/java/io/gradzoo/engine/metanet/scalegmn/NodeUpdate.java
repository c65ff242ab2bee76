package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * The new features of a node from its own and its aggregated messages side by side (ScaleGMN eq.
 * 6).
 */
sealed interface NodeUpdate {

  /**
   * @param x [n, 2d], or [n, 3d] with messages from both sides
   * @param extra positional encodings, or none
   * @return [n, out]
   */
  Tensor apply(Tape tape, RescalingGroup symmetry, Site site, Tensor x, Tensor... extra);

  static NodeUpdate register(ParameterLayout layout, String name, int out, ScaleGmnConfig config) {
    int in = (config.bidirectional() ? 3 : 2) * config.width();
    if (config.symmetry() == RescalingGroup.PERMUTATION) {
      return new PlainNodeUpdate(Mlp.register(layout, name + ".rho", in, out, config.style()));
    }
    int extra = config.positions().inUpdates() ? config.width() : 0;
    return new EquivariantNodeUpdate(
        EquivariantNet.register(layout, name, in, extra, out, config.updateNetworks(), config));
  }

  /** Transforms as the node does. */
  record EquivariantNodeUpdate(EquivariantNet net) implements NodeUpdate {
    @Override
    public Tensor apply(Tape tape, RescalingGroup symmetry, Site site, Tensor x, Tensor... extra) {
      return net.apply(tape, symmetry, site, x, extra);
    }
  }

  /** One perceptron. */
  record PlainNodeUpdate(Mlp rho) implements NodeUpdate {
    @Override
    public Tensor apply(Tape tape, RescalingGroup symmetry, Site site, Tensor x, Tensor... extra) {
      return rho.apply(tape, x);
    }
  }
}
