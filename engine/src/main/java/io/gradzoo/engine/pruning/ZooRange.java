package io.gradzoo.engine.pruning;

import io.gradzoo.engine.statistics.RunningVariance;
import java.io.Serializable;
import java.util.List;

/**
 * Where the networks of a zoo lie, by numbers that describe each of them ({@link
 * NetworkBehaviour}). A network is as far away as the nearest of the zoo's, in standard deviations
 * of the numbers; it is outside if it is farther from its nearest than 99 % of the zoo's networks
 * are from their own. A few networks of the zoo that are unlike all others do not widen the range.
 *
 * @param zoo numbers of its networks
 * @param deviation of each number over the zoo
 * @param farthest a network of the zoo may be from its nearest
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record ZooRange(List<double[]> zoo, double[] deviation, double farthest)
    implements Serializable {
  private static final double LEAST = 1e-6;

  /** Share of the zoo's networks that are inside by their distance from the others. */
  private static final double INSIDE = 0.99;

  public ZooRange {
    zoo = List.copyOf(zoo);
  }

  /**
   * That of some networks.
   *
   * @param zoo their numbers, at least two networks
   */
  public static ZooRange of(List<double[]> zoo) {
    double[] deviation = new double[zoo.get(0).length];
    for (int k = 0; k < deviation.length; k++) {
      RunningVariance variance = new RunningVariance();
      for (double[] each : zoo) {
        variance.add(each[k]);
      }
      deviation[k] = Math.max(LEAST, variance.deviation());
    }
    ZooRange range = new ZooRange(zoo, deviation, 0);
    double[] distances =
        zoo.stream().mapToDouble(each -> range.nearest(each, each)).sorted().toArray();
    int inside = (int) Math.ceil(INSIDE * distances.length);
    return new ZooRange(zoo, deviation, distances[inside - 1]);
  }

  /** How far a network with these numbers is from the nearest of the zoo's. */
  public double distance(double[] numbers) {
    return nearest(numbers, null);
  }

  /** Whether a network with these numbers is unlike those of the zoo. */
  public boolean outside(double[] numbers) {
    return !(distance(numbers) <= farthest);
  }

  private double nearest(double[] numbers, double[] itself) {
    double least = Double.POSITIVE_INFINITY;
    for (double[] each : zoo) {
      double squares = 0;
      for (int k = 0; k < numbers.length; k++) {
        double away = (numbers[k] - each[k]) / deviation[k];
        squares += away * away;
      }
      if (each != itself) {
        least = Math.min(least, squares);
      }
    }
    return Math.sqrt(least);
  }
}
