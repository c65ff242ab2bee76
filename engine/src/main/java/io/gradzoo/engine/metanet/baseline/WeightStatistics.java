package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.TensorRange;
import io.gradzoo.engine.statistics.RunningVariance;
import java.util.Arrays;
import java.util.List;

/**
 * StatNN features (Unterthiner et al. 2020): mean, variance and the quantiles 0, ¼, ½, ¾, 1 of each
 * tensor: of each layer's weights and of its biases.
 */
public final class WeightStatistics {
  private static final int PER_TENSOR = 7;

  private WeightStatistics() {}

  /** Number of features of a network of so many tensors. */
  static int count(int tensors) {
    return PER_TENSOR * tensors;
  }

  /**
   * The features of a network.
   *
   * @return [tensors · 7], in the order of the flat parameters
   */
  public static double[] of(Architecture architecture, float[] parameters) {
    List<TensorRange> tensors = architecture.tensors();
    double[] features = new double[count(tensors.size())];
    float[] sorted = parameters.clone();
    for (int i = 0; i < tensors.size(); i++) {
      describe(sorted, tensors.get(i).offset(), tensors.get(i).size(), features, PER_TENSOR * i);
    }
    return features;
  }

  private static void describe(float[] values, int from, int count, double[] features, int at) {
    Arrays.sort(values, from, from + count);
    RunningVariance spread = new RunningVariance();
    for (int i = from; i < from + count; i++) {
      spread.add(values[i]);
    }
    features[at] = spread.mean();
    features[at + 1] = spread.variance();
    for (int q = 0; q <= 4; q++) {
      features[at + 2 + q] = quantile(values, from, count, q / 4.0);
    }
  }

  /** Linear interpolation between order statistics, as numpy's default. */
  private static double quantile(float[] sorted, int from, int count, double share) {
    double position = share * (count - 1);
    int below = (int) position;
    int above = Math.min(below + 1, count - 1);
    return sorted[from + below]
        + (position - below) * (sorted[from + above] - sorted[from + below]);
  }
}
