package io.gradzoo.jobs.prediction;

import java.io.Serializable;
import java.util.List;

/**
 * What a model says of a member.
 *
 * @param memberId of the member
 * @param architecture its text form
 * @param truth test accuracy
 * @param predicted what the model expects it to be
 */
public record Prediction(String memberId, String architecture, double truth, double predicted)
    implements Serializable {

  /** How well predictions agree with the truth. */
  public static Agreement agreement(List<Prediction> predictions) {
    return Agreement.of(
        predictions.stream().mapToDouble(Prediction::predicted).toArray(),
        predictions.stream().mapToDouble(Prediction::truth).toArray());
  }
}
