package io.gradzoo.engine.training;

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
  public double squaredError(float[] predicted, float[] targets) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      double error = ((double) predicted[i] - targets[i]) / deviation;
      sum += error * error;
    }
    return sum / targets.length;
  }

  /** Sums over part of a training split, in double precision; parts are merged in a fixed order. */
  public static final class Sums implements Serializable {
    private double count;
    private double sum;
    private double squares;

    /** Adds the targets of an example. */
    public void add(Example example) {
      for (float target : example.targets()) {
        count++;
        sum += target;
        squares += (double) target * target;
      }
    }

    /** Adds another part's sums. */
    public void add(Sums other) {
      count += other.count;
      sum += other.sum;
      squares += other.squares;
    }

    /** The statistics of everything added; targets that never vary are only centred. */
    public TargetStatistics statistics() {
      double mean = sum / count;
      double variance = Math.max(0, squares / count - mean * mean);
      return new TargetStatistics((float) mean, variance > 0 ? (float) Math.sqrt(variance) : 1f);
    }
  }
}
