package io.gradzoo.jobs.prediction;

import io.gradzoo.engine.statistics.RunningVariance;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;

/**
 * How well predictions agree with the truth. All are NaN if a number is; of an infinite truth, R²
 * is.
 *
 * @param tau Kendall's τ-b, the correlation of ranks; 0 if either side is constant
 * @param r2 coefficient of determination; 0 for a truth that is constant but for the rounding of
 *     double precision, see {@link RunningVariance#varies}
 * @param meanAbsoluteError mean |prediction − truth|
 * @param meanSquaredError mean squared difference
 */
public record Agreement(double tau, double r2, double meanAbsoluteError, double meanSquaredError) {

  /** The same with the squared error of more numbers than those that were ranked. */
  public Agreement withMeanSquaredError(double error) {
    return new Agreement(tau, r2, meanAbsoluteError, error);
  }

  /**
   * @param predicted [n], n at least 2
   * @param truth [n]
   */
  public static Agreement of(double[] predicted, double[] truth) {
    if (predicted.length != truth.length || truth.length < 2) {
      throw new IllegalArgumentException(
          "agreement: expected at least 2 pairs, found "
              + predicted.length
              + " predictions of "
              + truth.length);
    }
    double unit = unit(truth);
    RunningVariance spread = new RunningVariance();
    double absolute = 0;
    double squared = 0;
    double squaredInUnits = 0;
    for (int i = 0; i < truth.length; i++) {
      double error = predicted[i] - truth[i];
      absolute += Math.abs(error);
      squared += error * error;
      squaredInUnits += error * unit * (error * unit);
      spread.add(truth[i] * unit);
    }
    boolean constant =
        Double.isFinite(spread.mean()) && !spread.varies(RunningVariance.DOUBLE_ROUNDING);
    return new Agreement(
        tau(predicted, truth),
        constant ? 0 : 1 - squaredInUnits / truth.length / spread.variance(),
        absolute / truth.length,
        squared / truth.length);
  }

  /** A power of two that brings the largest value near 1, so that no square over- or underflows. */
  private static double unit(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(largest));
  }

  private static double tau(double[] predicted, double[] truth) {
    for (int i = 0; i < truth.length; i++) {
      if (Double.isNaN(predicted[i]) || Double.isNaN(truth[i])) {
        return Double.NaN;
      }
    }
    double tau = new KendallsCorrelation().correlation(predicted, truth);
    return Double.isNaN(tau) ? 0 : tau;
  }
}
