package io.gradzoo.engine.network;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Arrays for tests. */
public final class Vectors {
  private Vectors() {}

  public static float[] gaussian(int n, double deviation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  public static int[] labels(int n, int classes, long seed) {
    return new SplittableRandom(seed).ints(n, 0, classes).toArray();
  }

  public static double[] toDouble(float[] values) {
    return toDouble(values, 0, values.length);
  }

  public static double[] toDouble(float[] values, int from, int count) {
    double[] result = new double[count];
    for (int i = 0; i < count; i++) {
      result[i] = values[from + i];
    }
    return result;
  }

  public static float[] toFloat(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  /** ‖x − reference‖ / ‖reference‖; 0 where both are zero. */
  public static double relativeDistance(double[] x, double[] reference) {
    if (x.length != reference.length) {
      throw new IllegalArgumentException(x.length + " numbers against " + reference.length);
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < x.length; i++) {
      difference += (x[i] - reference[i]) * (x[i] - reference[i]);
      norm += reference[i] * reference[i];
    }
    return difference == 0 ? 0 : Math.sqrt(difference / norm);
  }

  public static double relativeDistance(float[] x, double[] reference) {
    return relativeDistance(toDouble(x), reference);
  }

  public static double relativeDistance(float[] x, float[] reference) {
    return relativeDistance(toDouble(x), toDouble(reference));
  }

  /** Euclidean norm. */
  public static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(value -> value * value).sum());
  }
}
