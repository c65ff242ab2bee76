package io.gradzoo.engine.training;

import io.gradzoo.engine.statistics.RunningVariance;
import java.io.Serializable;

/**
 * Mean and standard deviation of the targets of a training split: one pair for all numbers of all
 * examples (GradMetaNet App. F.1).
 *
 * @param mean in the targets' units
 * @param deviation positive
 */
public record TargetStatistics(float mean, float deviation) implements Serializable {

  /** A target in deviations from the mean. */
  public float standardized(float target) {
    return (target - mean) / deviation;
  }

  /** The target that stands so many deviations from the mean. */
  public float original(float standardized) {
    return mean + deviation * standardized;
  }

  /** Mean squared difference of predictions and targets, in squared deviations. */
  public double squaredError(float[] predicted, double[] targets) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      double error = (predicted[i] - targets[i]) / deviation;
      sum += error * error;
    }
    return sum / targets.length;
  }

  /**
   * Statistics of part of a training split, in double precision; parts are merged in a fixed order.
   */
  public static final class TargetAccumulator implements Serializable {
    private final RunningVariance targets = new RunningVariance();

    /** Adds the targets of an example. */
    public void add(Example example) {
      for (double target : example.targets()) {
        targets.add(target);
      }
    }

    /** Adds another part. */
    public void add(TargetAccumulator other) {
      targets.add(other.targets);
    }

    /** The statistics of everything added; targets that never vary are only centred. */
    public TargetStatistics statistics() {
      return new TargetStatistics((float) targets.mean(), targets.floatScale());
    }
  }
}
