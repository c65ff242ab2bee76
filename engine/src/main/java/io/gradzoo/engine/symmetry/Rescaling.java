package io.gradzoo.engine.symmetry;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The action shared by positive scalings and sign flips: hidden neuron i is multiplied by q_i, so b
 * → q b, a weight into it → q W, a weight out of it → W / q; activations become q a and signals g /
 * q.
 */
final class Rescaling {
  private Rescaling() {}

  /**
   * @param factors q of every hidden layer's neurons or channels
   */
  static float[] parameters(
      LayeredArchitecture architecture, float[][] factors, float[] parameters) {
    requireWidths(architecture, factors);
    float[] result = parameters.clone();
    for (AffineLayer layer : architecture.affineLayers()) {
      int index = layer.index();
      float[] above = index < factors.length ? factors[index] : null;
      float[] below = index > 0 ? factors[index - 1] : null;
      int places = below == null ? 1 : layer.fanIn() / below.length;
      for (int o = 0; o < layer.out(); o++) {
        float q = above == null ? 1f : above[o];
        result[layer.biasOffset() + o] *= q;
        int row = layer.weightOffset() + o * layer.fanIn();
        for (int i = 0; i < layer.fanIn(); i++) {
          result[row + i] *= below == null ? q : q / below[i / places];
        }
      }
    }
    return result;
  }

  /**
   * @param factors q of every hidden layer's neurons
   * @param features [samples, neurons, 2]
   */
  static float[] features(LayeredArchitecture architecture, float[][] factors, float[] features) {
    requireWidths(architecture, factors);
    int neurons = NeuronFeatures.neurons(architecture);
    float[] result = features.clone();
    for (int start = 0; start < features.length; start += 2 * neurons) {
      int at = start + 2 * architecture.affineLayers().get(0).in();
      for (float[] layer : factors) {
        for (float q : layer) {
          result[at] *= q;
          result[at + 1] /= q;
          at += 2;
        }
      }
    }
    return result;
  }

  /** One drawn factor per hidden neuron or channel. */
  static float[][] draw(LayeredArchitecture architecture, DoubleSupplier factor) {
    List<AffineLayer> hidden = Symmetry.hiddenLayers(architecture);
    float[][] factors = new float[hidden.size()][];
    for (int l = 0; l < factors.length; l++) {
      factors[l] = new float[hidden.get(l).out()];
      for (int i = 0; i < factors[l].length; i++) {
        factors[l][i] = (float) factor.getAsDouble();
      }
    }
    return factors;
  }

  private static void requireWidths(LayeredArchitecture architecture, float[][] factors) {
    List<AffineLayer> hidden = Symmetry.hiddenLayers(architecture);
    boolean fits = factors.length == hidden.size();
    for (int l = 0; fits && l < factors.length; l++) {
      fits = factors[l].length == hidden.get(l).out();
    }
    if (!fits) {
      throw Fault.of("symmetry of " + architecture)
          .expected(
              "one factor per hidden neuron or channel of each of "
                  + hidden.size()
                  + " hidden layers")
          .exception();
    }
  }
}
