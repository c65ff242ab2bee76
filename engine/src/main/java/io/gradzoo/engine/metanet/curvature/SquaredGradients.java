package io.gradzoo.engine.metanet.curvature;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.Arrays;

/**
 * Weighted means of the squared sample gradients of a set, straight from neuron features: {@code
 * Σ_n w_n (g_n a_nᵀ)²} for weights, {@code Σ_n w_n g_n²} for biases. With equal weights that is the
 * diagonal of the empirical Fisher matrix, the standard estimator.
 */
public final class SquaredGradients {
  private static final int CHANNELS = 2;

  private SquaredGradients() {}

  /**
   * The standard estimator: the mean of the squared gradients.
   *
   * @param features [samples, N, 2], not standardised
   * @return in the flat layout
   */
  public static float[] mean(LayeredArchitecture architecture, float[] features) {
    int samples = samples(architecture, features);
    double[] weights = new double[samples];
    Arrays.fill(weights, 1.0 / samples);
    double[] mean = weighted(architecture, features, weights);
    float[] result = new float[mean.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) mean[i];
    }
    return result;
  }

  /** Number of samples of a set. */
  static int samples(LayeredArchitecture architecture, float[] features) {
    return features.length / (CHANNELS * neurons(architecture));
  }

  /** Number N of neurons, inputs and outputs included. */
  static int neurons(LayeredArchitecture architecture) {
    int count = architecture.affineLayers().get(0).in();
    for (AffineLayer layer : architecture.affineLayers()) {
      count += layer.out();
    }
    return count;
  }

  /**
   * {@code Σ_n w_n ∇f_n²} in the flat layout.
   *
   * @param weights [samples]
   */
  static double[] weighted(LayeredArchitecture architecture, float[] features, double[] weights) {
    double[] result = new double[architecture.parameterCount()];
    int neurons = neurons(architecture);
    int lower = 0;
    for (AffineLayer layer : architecture.affineLayers()) {
      for (int n = 0; n < weights.length; n++) {
        add(layer, features, (n * neurons + lower) * CHANNELS, weights[n], result);
      }
      lower += layer.in();
    }
    return result;
  }

  /** One sample's share in one layer, whose lower neurons begin at {@code from}. */
  private static void add(
      AffineLayer layer, float[] features, int from, double weight, double[] result) {
    int upper = from + layer.in() * CHANNELS;
    for (int o = 0; o < layer.out(); o++) {
      double g = features[upper + o * CHANNELS + 1];
      double square = weight * g * g;
      int at = layer.weightOffset() + o * layer.in();
      for (int i = 0; i < layer.in(); i++) {
        double a = features[from + i * CHANNELS];
        result[at + i] += square * a * a;
      }
      result[layer.biasOffset() + o] += square;
    }
  }
}
