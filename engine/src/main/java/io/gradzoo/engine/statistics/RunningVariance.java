package io.gradzoo.engine.statistics;

import java.io.Serializable;

/**
 * Mean and variance of numbers that come one at a time, by Welford's recurrence; parts are merged
 * by the formula of Chan, Golub and LeVeque. Sums of squares are never subtracted, so numbers that
 * are all equal have a variance of exactly 0, and the relative error of the variance grows with
 * |mean| / deviation, not with its square.
 */
public final class RunningVariance implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Float32 numbers that spread by less than this of their mean differ by rounding alone. */
  private static final double ROUNDING = 0x1p-21;

  private double count;
  private double mean;
  private double squares;

  /** Adds a number. */
  public void add(double value) {
    count++;
    double before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
  }

  /** Adds all numbers of another part. */
  public void add(RunningVariance other) {
    if (other.count == 0) {
      return;
    }
    double total = count + other.count;
    double between = other.mean - mean;
    mean += between * (other.count / total);
    squares += other.squares + between * between * (count * other.count / total);
    count = total;
  }

  /** Mean of the numbers; 0 of none. */
  public double mean() {
    return mean;
  }

  /** Mean squared distance from the mean: of the population, not of a sample of it; 0 of none. */
  public double variance() {
    return count == 0 ? 0 : squares / count;
  }

  /** Root of the variance. */
  public double deviation() {
    return Math.sqrt(variance());
  }

  /**
   * What float32 numbers are divided by to be standardised: their deviation; or 1 where they differ
   * by no more than 2⁻²¹ of their mean, four units in the last place, since dividing by less would
   * only enlarge rounding errors.
   */
  public float floatScale() {
    float deviation = (float) deviation();
    boolean varies = deviation > ROUNDING * Math.abs(mean) && deviation >= Float.MIN_NORMAL;
    return varies ? deviation : 1f;
  }
}
