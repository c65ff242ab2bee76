package io.gradzoo.engine.training;

import io.gradzoo.engine.fault.Fault;

/**
 * A weighted mean of vectors, summed in double precision in the order in which they are added: the
 * same order gives the same bits.
 */
public final class WeightedAverage {
  private final double[] sum;
  private double weight;

  /** An average of vectors of this length. */
  public WeightedAverage(int length) {
    this.sum = new double[length];
  }

  /** Adds a vector; one of weight 0 counts for nothing. */
  public void add(float[] vector, double vectorWeight) {
    if (vector.length != sum.length) {
      throw Fault.of("average")
          .expected("vectors of %d numbers", sum.length)
          .found(vector.length)
          .exception();
    }
    if (vectorWeight == 0) {
      return;
    }
    for (int i = 0; i < vector.length; i++) {
      sum[i] += vectorWeight * vector[i];
    }
    weight += vectorWeight;
  }

  /**
   * The mean of what was added.
   *
   * @throws IllegalStateException if all weights were 0
   */
  public float[] mean() {
    if (weight == 0) {
      throw new IllegalStateException("an average of nothing");
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / weight);
    }
    return mean;
  }
}
