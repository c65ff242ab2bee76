package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import java.util.Arrays;
import java.util.List;

/**
 * StatNN features (Unterthiner et al. 2020): mean, variance and the quantiles 0, ¼, ½, ¾, 1 of each
 * layer's weights and of its biases.
 */
public final class WeightStatistics {
  private static final int PER_TENSOR = 7;

  private WeightStatistics() {}

  /** Number of features of an architecture. */
  public static int count(Architecture architecture) {
    return 2 * PER_TENSOR * architecture.affineLayers().size();
  }

  /**
   * The features of a network.
   *
   * @return [layers · 14]: for each layer those of the weights, then those of the biases
   */
  public static double[] of(Architecture architecture, float[] parameters) {
    List<AffineLayer> layers = architecture.affineLayers();
    double[] features = new double[count(architecture)];
    for (AffineLayer layer : layers) {
      int at = 2 * PER_TENSOR * layer.index();
      describe(parameters, layer.weightOffset(), layer.weightCount(), features, at);
      describe(parameters, layer.biasOffset(), layer.out(), features, at + PER_TENSOR);
    }
    return features;
  }

  private static void describe(float[] values, int from, int count, double[] features, int at) {
    float[] sorted = Arrays.copyOfRange(values, from, from + count);
    Arrays.sort(sorted);
    double mean = 0;
    for (float value : sorted) {
      mean += value / (double) count;
    }
    double variance = 0;
    for (float value : sorted) {
      variance += (value - mean) * (value - mean) / count;
    }
    features[at] = mean;
    features[at + 1] = variance;
    for (int q = 0; q <= 4; q++) {
      features[at + 2 + q] = quantile(sorted, q / 4.0);
    }
  }

  /** Linear interpolation between order statistics, as numpy's default. */
  private static double quantile(float[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
