package io.gradzoo.jobs.family.layered;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PhaseShift;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.family.WeightChange;
import java.util.Optional;

/** Changes of the weights of networks of layers. */
final class LayerChanges {
  private LayerChanges() {}

  static Optional<WeightChange> of(Transformation transformation, Enum<?> activation) {
    // Positive scalings leave ReLU networks alone, and sign flips all others.
    boolean relu = activation == Activation.RELU;
    return switch (transformation) {
      case PERMUTATION ->
          Optional.of(new WeightChange("neuron permutations", LayerChanges::permuted));
      case RESCALING ->
          Optional.of(
              new WeightChange(
                  relu ? "positive scalings" : "sign flips",
                  (architecture, network, seed) ->
                      rescaled(LayeredArchitecture.from(architecture), network, seed)));
      case PERMUTATION_AND_RESCALING ->
          Optional.of(
              new WeightChange(
                  relu ? "permutations and scalings together" : "permutations and flips together",
                  (architecture, network, seed) ->
                      rescaled(
                          LayeredArchitecture.from(architecture),
                          permuted(architecture, network, seed),
                          ~seed)));
      case FOREIGN_RESCALING ->
          Optional.of(
              new WeightChange(
                  relu ? "sign flips" : "positive scalings",
                  (architecture, network, seed) ->
                      rescaled(
                          withOtherActivation(LayeredArchitecture.from(architecture)),
                          network,
                          seed)));
      case PHASE_SHIFT ->
          activation == Activation.SINE
              ? Optional.of(new WeightChange("phase shifts", LayerChanges::shifted))
              : Optional.empty();
      case SET_ORDER, TOKEN_IDS -> Optional.empty();
    };
  }

  private static float[] permuted(Architecture architecture, float[] network, long seed) {
    LayeredArchitecture layers = LayeredArchitecture.from(architecture);
    return NeuronPermutation.random(layers, seed).apply(layers, network);
  }

  private static float[] shifted(Architecture architecture, float[] network, long seed) {
    LayeredArchitecture layers = LayeredArchitecture.from(architecture);
    return PhaseShift.random(layers, seed).apply(layers, network);
  }

  /** By factors that leave the network's function alone. */
  private static float[] rescaled(LayeredArchitecture architecture, float[] network, long seed) {
    return architecture.activation() == Activation.RELU
        ? PositiveScaling.random(architecture, seed).apply(architecture, network)
        : SignFlip.random(architecture, seed).apply(architecture, network);
  }

  /** The same layers with an activation that other rescalings leave alone. */
  private static LayeredArchitecture withOtherActivation(LayeredArchitecture own) {
    Activation other = own.activation() == Activation.RELU ? Activation.TANH : Activation.RELU;
    return LayeredArchitecture.of(other, own.input(), own.layers());
  }
}
