package io.gradzoo.engine.symmetry;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;

/**
 * A change of a network's parameters that leaves its function alone: an element of the group that
 * acts on the hidden neurons, or channels of a convolution, of every hidden layer (Kalogeropoulos
 * et al. 2024, §3; GradMetaNet, §4).
 */
public sealed interface Symmetry permits NeuronPermutation, PositiveScaling, SignFlip, PhaseShift {

  /** The transformed flat parameter vector, a new array. */
  float[] apply(LayeredArchitecture architecture, float[] parameters);

  /**
   * Transforms the neuron features of a multilayer perceptron as taking the gradient set of the
   * transformed network would; inputs and outputs stay.
   *
   * @param features [samples, neurons, 2]: pairs (a, g)
   * @return a new array
   */
  float[] applyToFeatures(LayeredArchitecture architecture, float[] features);

  /** Layers whose neurons may be transformed: every affine layer but the last. */
  static List<AffineLayer> hiddenLayers(LayeredArchitecture architecture) {
    List<AffineLayer> layers = architecture.affineLayers();
    return layers.subList(0, layers.size() - 1);
  }

  /**
   * Number of parameters that carry no function: the dimension of the continuous symmetry group,
   * which is one scale per hidden neuron or channel for ReLU and nothing for odd activations, whose
   * sign flips are discrete.
   */
  static int gaugeDimension(LayeredArchitecture architecture) {
    return architecture.activation() == Activation.RELU
        ? hiddenLayers(architecture).stream().mapToInt(AffineLayer::out).sum()
        : 0;
  }
}
