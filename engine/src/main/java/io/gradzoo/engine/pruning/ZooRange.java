package io.gradzoo.engine.pruning;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.statistics.RunningVariance;
import java.io.Serializable;
import java.util.List;

/**
 * Where the networks of a zoo lie, by two numbers of each layer's weights: how large they are
 * (logarithm of the root mean square) and how even (mean absolute value over root mean square,
 * which falls as weights become 0). A network is as far away as the worst of its numbers, in
 * standard deviations.
 *
 * @param mean of each number
 * @param deviation of each number
 * @param farthest how far away the farthest of the zoo's networks is
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record ZooRange(double[] mean, double[] deviation, double farthest) implements Serializable {
  private static final double LEAST = 1e-6;

  /** That of some networks of one architecture, at least one. */
  public static ZooRange of(LayeredArchitecture architecture, List<float[]> networks) {
    int numbers = 2 * architecture.affineLayers().size();
    double[] mean = new double[numbers];
    double[] deviation = new double[numbers];
    List<double[]> all = networks.stream().map(each -> numbers(architecture, each)).toList();
    for (int k = 0; k < numbers; k++) {
      RunningVariance variance = new RunningVariance();
      for (double[] each : all) {
        variance.add(each[k]);
      }
      mean[k] = variance.mean();
      deviation[k] = Math.max(LEAST, variance.deviation());
    }
    ZooRange range = new ZooRange(mean, deviation, 0);
    double farthest =
        networks.stream().mapToDouble(each -> range.distance(architecture, each)).max().orElse(0);
    return new ZooRange(mean, deviation, farthest);
  }

  /** How far away a network is, in standard deviations. */
  public double distance(LayeredArchitecture architecture, float[] network) {
    double[] numbers = numbers(architecture, network);
    double distance = 0;
    for (int k = 0; k < numbers.length; k++) {
      distance = Math.max(distance, Math.abs(numbers[k] - mean[k]) / deviation[k]);
    }
    return distance;
  }

  /** Whether a network is farther away than every one of the zoo. */
  public boolean outside(LayeredArchitecture architecture, float[] network) {
    return distance(architecture, network) > farthest;
  }

  private static double[] numbers(LayeredArchitecture architecture, float[] network) {
    List<AffineLayer> layers = architecture.affineLayers();
    double[] numbers = new double[2 * layers.size()];
    for (int l = 0; l < layers.size(); l++) {
      AffineLayer layer = layers.get(l);
      double squares = 0;
      double sum = 0;
      for (int i = 0; i < layer.weightCount(); i++) {
        double weight = network[layer.weightOffset() + i];
        squares += weight * weight;
        sum += Math.abs(weight);
      }
      double root = Math.max(Double.MIN_NORMAL, Math.sqrt(squares / layer.weightCount()));
      numbers[2 * l] = StrictMath.log(root);
      numbers[2 * l + 1] = sum / layer.weightCount() / root;
    }
    return numbers;
  }
}
