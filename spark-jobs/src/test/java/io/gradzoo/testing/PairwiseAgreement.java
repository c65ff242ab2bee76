package io.gradzoo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.jobs.prediction.Agreement;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Scores by their definitions, from the rows of a table of predictions: every pair is looked at.
 *
 * @param tau Kendall's τ-b; 0 if either side is constant
 * @param r2 coefficient of determination; 0 for a constant truth
 * @param meanAbsoluteError mean |prediction − truth|
 */
public record PairwiseAgreement(double tau, double r2, double meanAbsoluteError) {

  /** Of a table that predicts one number of each member. */
  public static PairwiseAgreement of(List<Row> predictions) {
    String truth = truthColumn(predictions);
    return of(column(predictions, "predicted_" + truth), column(predictions, truth));
  }

  /** What was measured. */
  public static double[] truth(List<Row> predictions) {
    return column(predictions, truthColumn(predictions));
  }

  private static String truthColumn(List<Row> predictions) {
    return predictions.get(0).schema().fieldNames()[3];
  }

  /**
   * @param predicted [n], n at least 2
   * @param truth [n]
   */
  public static PairwiseAgreement of(double[] predicted, double[] truth) {
    int n = truth.length;
    double concordance = 0;
    double predictedApart = 0;
    double trueApart = 0;
    double pairsOfSquares = 0;
    double squares = 0;
    double absolutes = 0;
    for (int i = 0; i < n; i++) {
      squares += Math.pow(predicted[i] - truth[i], 2);
      absolutes += Math.abs(predicted[i] - truth[i]);
      for (int j = 0; j < i; j++) {
        double p = Math.signum(predicted[i] - predicted[j]);
        double t = Math.signum(truth[i] - truth[j]);
        concordance += p * t;
        predictedApart += p * p;
        trueApart += t * t;
        pairsOfSquares += Math.pow(truth[i] - truth[j], 2);
      }
    }
    double tau = concordance / Math.sqrt(predictedApart * trueApart);
    // The squared differences of all pairs add up to n times the squared deviations from the mean.
    double r2 = 1 - squares * n / pairsOfSquares;
    return new PairwiseAgreement(
        predictedApart * trueApart == 0 ? 0 : tau, trueApart == 0 ? 0 : r2, absolutes / n);
  }

  /** Asserts that another computation found the same. */
  public void requireEqual(Agreement found) {
    assertThat(found.tau()).as("τ").isCloseTo(tau, within(1e-12));
    assertThat(found.r2()).as("R²").isCloseTo(r2, within(1e-9 * (1 + Math.abs(r2))));
    assertThat(found.meanAbsoluteError())
        .as("mean absolute error")
        .isCloseTo(meanAbsoluteError, within(1e-12 * (1 + meanAbsoluteError)));
  }

  /** Asserts that scores are numbers that scores can be. */
  public static void requirePossible(Agreement found) {
    assertThat(found.tau()).as("τ").isBetween(-1.0, 1.0);
    assertThat(found.r2()).as("R²").isFinite().isLessThanOrEqualTo(1);
    assertThat(found.meanAbsoluteError()).isFinite().isPositive();
    assertThat(found.meanSquaredError()).isFinite().isPositive();
  }

  private static double[] column(List<Row> rows, String name) {
    double[] values = rows.stream().mapToDouble(row -> row.<Double>getAs(name)).toArray();
    assertThat(Arrays.stream(values).allMatch(Double::isFinite)).as(name + " is finite").isTrue();
    return values;
  }
}
