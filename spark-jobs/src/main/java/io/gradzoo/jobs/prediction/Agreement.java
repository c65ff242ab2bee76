package io.gradzoo.jobs.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.statistics.RunningVariance;
import java.util.Arrays;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;

/**
 * How well predictions agree with the truth. A NaN on either side makes every score NaN. Of members
 * with many numbers, τ and R² are of their means, errors are over all numbers; of classes there are
 * neither, and errors are of the probabilities of all classes.
 *
 * @param tau Kendall's τ-b, the correlation of ranks; 0 if either side is constant
 * @param r2 coefficient of determination; 0 for a constant truth, NaN for an infinite one
 * @param meanAbsoluteError mean |prediction − truth|, in the unit of the truth
 * @param meanSquaredError mean squared difference, in the squared unit
 * @param accuracy share of right classes; null of what is no class
 */
public record Agreement(
    double tau,
    double r2,
    double meanAbsoluteError,
    double meanSquaredError,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double accuracy) {

  /** Of classes, before errors are known. */
  static Agreement ofClasses(double accuracy) {
    return new Agreement(Double.NaN, Double.NaN, Double.NaN, Double.NaN, accuracy);
  }

  /** The same with the errors of more numbers than those that were ranked. */
  Agreement withErrors(double absolute, double squared) {
    return new Agreement(tau, r2, absolute, squared, accuracy);
  }

  /**
   * @param predicted [n], n at least 2
   * @param truth [n]
   */
  public static Agreement of(double[] predicted, double[] truth) {
    if (predicted.length != truth.length || truth.length < 2) {
      throw Fault.of("agreement")
          .expected("at least 2 pairs")
          .found(predicted.length + " predictions of " + truth.length)
          .exception();
    }
    double absolute = 0;
    double squared = 0;
    for (int i = 0; i < truth.length; i++) {
      double error = predicted[i] - truth[i];
      absolute += Math.abs(error);
      squared += error * error;
    }
    if (Double.isNaN(absolute)) {
      return new Agreement(Double.NaN, Double.NaN, Double.NaN, Double.NaN, null);
    }
    return new Agreement(
        tau(predicted, truth),
        r2(predicted, truth),
        absolute / truth.length,
        squared / truth.length,
        null);
  }

  /**
   * In units that keep squares in range, and from the first truth, which makes differences exact.
   */
  private static double r2(double[] predicted, double[] truth) {
    if (constant(truth)) {
      return 0;
    }
    double unit = unit(truth);
    RunningVariance spread = new RunningVariance();
    double squared = 0;
    for (int i = 0; i < truth.length; i++) {
      double error = (predicted[i] - truth[i]) * unit;
      squared += error * error;
      spread.add((truth[i] - truth[0]) * unit);
    }
    return 1 - squared / truth.length / spread.variance();
  }

  /** A power of two that brings the largest distance from the first truth near 1. */
  private static double unit(double[] truth) {
    double largest = Arrays.stream(truth).map(t -> Math.abs(t - truth[0])).max().orElseThrow();
    return Math.scalb(1.0, -Math.getExponent(largest));
  }

  private static double tau(double[] predicted, double[] truth) {
    if (constant(predicted) || constant(truth)) {
      return 0;
    }
    return new KendallsCorrelation().correlation(withOneZero(predicted), withOneZero(truth));
  }

  private static boolean constant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }

  /** The same numbers: ranks are by {@link Double#compare}, which puts −0 below 0. */
  private static double[] withOneZero(double[] values) {
    return Arrays.stream(values).map(value -> value + 0.0).toArray();
  }
}
