package io.gradzoo.engine.training;

import java.io.Serializable;

/**
 * What the outputs of a metanetwork are read as, and how far off they are: one rule for every
 * number that is predicted. The loss of an example is the mean of its numbers' squared errors.
 */
public sealed interface Objective extends Serializable {

  /** The prediction that output y stands for, in the units of the targets. */
  float prediction(float y, Example example, int index);

  /** Squared error of one number. */
  double loss(float y, Example example, int index);

  /** Derivative of {@link #loss} by y. */
  double slope(float y, Example example, int index);

  /** A share, such as an accuracy: the prediction is σ(y) (ScaleGMN's generalisation task). */
  record Share() implements Objective {
    @Override
    public float prediction(float y, Example example, int index) {
      return (float) (1.0 / (1.0 + StrictMath.exp(-y)));
    }

    @Override
    public double loss(float y, Example example, int index) {
      double error = prediction(y, example, index) - example.targets()[index];
      return error * error;
    }

    @Override
    public double slope(float y, Example example, int index) {
      double p = prediction(y, example, index);
      return 2 * (p - example.targets()[index]) * p * (1 - p);
    }
  }

  /**
   * Numbers of any size, standardised by one mean and deviation for all: the prediction is {@code
   * mean + deviation · y}, the error is counted in deviations (GradMetaNet App. F.1).
   *
   * @param statistics of the training targets
   */
  record Standardized(TargetStatistics statistics) implements Objective {
    @Override
    public float prediction(float y, Example example, int index) {
      return statistics.original(y);
    }

    @Override
    public double loss(float y, Example example, int index) {
      double error = error(y, example, index);
      return error * error;
    }

    @Override
    public double slope(float y, Example example, int index) {
      return 2 * error(y, example, index);
    }

    private double error(float y, Example example, int index) {
      return y - statistics.standardized(example.targets()[index]);
    }
  }

  /**
   * Numbers of which an estimate exists: the network says by which part it is wrong. The prediction
   * is {@code estimate · (1 + REACH · y)}; an untrained network that says about 0 is as good as the
   * estimate. Not in the paper.
   *
   * @param statistics of the training targets; the last numbers of an example's input, as many as
   *     it has targets, are the estimates, standardised with them
   */
  record Correction(TargetStatistics statistics) implements Objective {
    /** The part of the estimate that an output of 1 adds to it. */
    public static final float REACH = 0.1f;

    @Override
    public float prediction(float y, Example example, int index) {
      return statistics.original(estimate(example, index)) * (1 + REACH * y);
    }

    @Override
    public double loss(float y, Example example, int index) {
      double error = error(y, example, index);
      return error * error;
    }

    @Override
    public double slope(float y, Example example, int index) {
      return 2 * error(y, example, index) * REACH * share(example, index);
    }

    private double error(float y, Example example, int index) {
      return estimate(example, index)
          + REACH * share(example, index) * y
          - statistics.standardized(example.targets()[index]);
    }

    /** The estimate in deviations from zero, not from the mean. */
    private double share(Example example, int index) {
      return estimate(example, index) + (double) statistics.mean() / statistics.deviation();
    }

    private static float estimate(Example example, int index) {
      float[] input = example.input();
      return input[input.length - example.targets().length + index];
    }
  }
}
