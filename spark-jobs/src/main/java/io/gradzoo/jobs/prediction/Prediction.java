package io.gradzoo.jobs.prediction;

import java.io.Serializable;
import java.util.List;

/**
 * A model's prediction for a member as one number, with two errors; all in the unit of what is
 * predicted, or its square.
 *
 * @param memberId of the member
 * @param architecture its text form
 * @param truth test accuracy; or Fisher trace, or mean of the Fisher diagonal
 * @param predicted by the model
 * @param absoluteError mean over the numbers that were predicted
 * @param squaredError likewise, in the squared unit
 */
public record Prediction(
    String memberId,
    String architecture,
    double truth,
    double predicted,
    double absoluteError,
    double squaredError)
    implements Serializable {

  /** A prediction of one number. */
  public static Prediction of(
      String memberId, String architecture, double truth, double predicted) {
    double error = predicted - truth;
    return new Prediction(memberId, architecture, truth, predicted, Math.abs(error), error * error);
  }

  /** A prediction of one number, or of one for every parameter, of which the means are kept. */
  public static Prediction of(
      String memberId, String architecture, double[] truth, float[] predicted) {
    double truths = 0;
    double predictions = 0;
    double absolutes = 0;
    double squares = 0;
    for (int i = 0; i < truth.length; i++) {
      double error = predicted[i] - truth[i];
      truths += truth[i];
      predictions += predicted[i];
      absolutes += Math.abs(error);
      squares += error * error;
    }
    return new Prediction(
        memberId,
        architecture,
        truths / truth.length,
        predictions / truth.length,
        absolutes / truth.length,
        squares / truth.length);
  }

  /** Whether all that was predicted are finite numbers. */
  public boolean finite() {
    return Double.isFinite(predicted);
  }

  /** How well predictions agree with the truth. */
  public static Agreement agreement(List<Prediction> predictions) {
    return Agreement.of(
            predictions.stream().mapToDouble(Prediction::predicted).toArray(),
            predictions.stream().mapToDouble(Prediction::truth).toArray())
        .withErrors(
            predictions.stream().mapToDouble(Prediction::absoluteError).sum() / predictions.size(),
            predictions.stream().mapToDouble(Prediction::squaredError).sum() / predictions.size());
  }
}
