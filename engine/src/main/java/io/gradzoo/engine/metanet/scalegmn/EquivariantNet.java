package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * Scale-equivariant network on nodes or messages. On hidden nodes it is the layer of ScaleGMN eq.
 * 8, {@code (Γ x) ⊙ φ(c(x))}; on input and output nodes, where no rescaling is possible, an
 * unconstrained perceptron of x stands either for the whole or for the gate φ.
 *
 * @param gamma Γ, [out, in]
 * @param gate the invariant gate of hidden nodes
 * @param boundary what the perceptrons of input and output nodes stand for
 * @param input perceptron of input nodes
 * @param output perceptron of output nodes; may be the same
 */
record EquivariantNet(
    Parameter gamma,
    BySymmetry<InvariantLayer> gate,
    ScaleGmnConfig.BoundaryUpdate boundary,
    Mlp input,
    Mlp output) {

  /**
   * @param networks 2 if input and output nodes share a perceptron, 3 if each has its own
   * @param extra width of the further invariant features
   */
  static EquivariantNet register(
      ParameterLayout layout,
      String name,
      int in,
      int extra,
      int out,
      int networks,
      ScaleGmnConfig config) {
    String layer = name + ".eq_layers.0";
    Parameter gamma = layout.add(layer + ".W.weight", Initialization.linear(in), out, in);
    boolean gated = config.boundary() == ScaleGmnConfig.BoundaryUpdate.GATE;
    String first = gated ? layer + ".g.phi_in" : name + ".eq_layers_in.0.rho";
    String last = gated ? layer + ".g.phi_last" : name + ".eq_layers_last.0.rho";
    BySymmetry<InvariantLayer> gate =
        BySymmetry.register(
            config.symmetry(),
            layer + ".g",
            (part, symmetry) ->
                InvariantLayer.register(layout, part, symmetry, in, extra, out, config));
    Mlp input = Mlp.register(layout, first, in + extra, out, config.style());
    Mlp output =
        networks == 2 ? input : Mlp.register(layout, last, in + extra, out, config.style());
    return new EquivariantNet(gamma, gate, config.boundary(), input, output);
  }

  /**
   * @param site where the rows' nodes stand
   * @param x [rows, in]
   * @param extra further invariant features, or none
   * @return [rows, out]
   */
  Tensor apply(Tape tape, RescalingGroup symmetry, Site site, Tensor x, Tensor... extra) {
    if (site == Site.HIDDEN) {
      return tape.product(
          tape.linear(gamma.matrix(), x), gate.select(symmetry).apply(tape, x, extra));
    }
    Tensor free = (site == Site.INPUT ? input : output).apply(tape, FeatureLists.prepend(x, extra));
    return boundary == ScaleGmnConfig.BoundaryUpdate.PERCEPTRON
        ? free
        : tape.product(tape.linear(gamma.matrix(), x), free);
  }
}
