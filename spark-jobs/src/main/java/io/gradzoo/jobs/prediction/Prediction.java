package io.gradzoo.jobs.prediction;

import java.io.Serializable;
import java.util.List;

/**
 * What a model says of a member.
 *
 * @param memberId of the member
 * @param architecture its text form
 * @param truth test accuracy; or Fisher trace, or mean of the Fisher diagonal
 * @param predicted what the model expects it to be
 * @param squaredError of the prediction; mean over the numbers where there are many
 */
public record Prediction(
    String memberId, String architecture, double truth, double predicted, double squaredError)
    implements Serializable {

  /** A prediction of one number, or of one for every parameter, of which the means are kept. */
  public static Prediction of(
      String memberId, String architecture, float[] truth, float[] predicted) {
    double truths = 0;
    double predictions = 0;
    double squares = 0;
    for (int i = 0; i < truth.length; i++) {
      double error = (double) predicted[i] - truth[i];
      truths += truth[i];
      predictions += predicted[i];
      squares += error * error;
    }
    return new Prediction(
        memberId,
        architecture,
        truths / truth.length,
        predictions / truth.length,
        squares / truth.length);
  }

  /** How well predictions agree with the truth. */
  public static Agreement agreement(List<Prediction> predictions) {
    double error = 0;
    for (Prediction prediction : predictions) {
      error += prediction.squaredError();
    }
    return Agreement.of(
            predictions.stream().mapToDouble(Prediction::predicted).toArray(),
            predictions.stream().mapToDouble(Prediction::truth).toArray())
        .withMeanSquaredError(error / predictions.size());
  }
}
