package io.gradzoo.engine.training;

import io.gradzoo.engine.fault.Fault;

/**
 * A weighted mean of vectors, summed in double precision in the order in which they are added: the
 * same order gives the same bits. The mean of one vector is that vector, without a sum.
 */
public final class WeightedAverage {
  private final int length;
  private float[] first;
  private double[] sum;
  private double weight;

  /** An average of vectors of this length. */
  public WeightedAverage(int length) {
    this.length = length;
  }

  /**
   * Adds a vector; one of weight 0 counts for nothing.
   *
   * @param vector [length], which must not change before the mean is taken
   */
  public void add(float[] vector, double vectorWeight) {
    if (vector.length != length) {
      throw Fault.of("average")
          .expected("vectors of %d numbers", length)
          .found(vector.length)
          .exception();
    }
    if (vectorWeight == 0) {
      return;
    }
    if (first == null) {
      first = vector;
    } else {
      if (sum == null) {
        sum = new double[length];
        addToSum(first, weight);
      }
      addToSum(vector, vectorWeight);
    }
    weight += vectorWeight;
  }

  /**
   * The mean of what was added.
   *
   * @throws IllegalStateException if all weights were 0
   */
  public float[] mean() {
    if (first == null) {
      throw new IllegalStateException("an average of nothing");
    }
    float[] mean = new float[length];
    for (int i = 0; i < length; i++) {
      mean[i] = sum == null ? first[i] + 0f : (float) (sum[i] / weight); // as a sum, never −0
    }
    return mean;
  }

  private void addToSum(float[] vector, double vectorWeight) {
    for (int i = 0; i < length; i++) {
      sum[i] += vectorWeight * vector[i];
    }
  }
}
