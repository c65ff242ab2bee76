package io.gradzoo.jobs.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One row of an evaluation's table.
 *
 * @param name of the predictor
 * @param role metanetwork or baseline
 * @param agreement on the test split, in the evaluation's unit
 * @param squaredErrorInDeviations the mean squared error in squared deviations of the training
 *     targets; null if the task does not standardise
 * @param notFinite predictions that are NaN or infinite
 * @param settingsTried number of settings, of which validation chose this one; of a metanetwork, as
 *     its config states
 * @param parameters learned numbers
 * @param seconds of training: of a metanetwork with its settings, of a baseline with all that were
 *     tried
 */
public record Score(
    String name,
    Role role,
    Agreement agreement,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double squaredErrorInDeviations,
    int notFinite,
    int settingsTried,
    long parameters,
    double seconds) {
  /** The role of a predictor in a comparison. */
  public enum Role {
    METANETWORK,
    BASELINE
  }

  /** A predictor's, of at least two predictions of the test split. */
  public static Score of(
      String name,
      Role role,
      List<Prediction> predictions,
      int settings,
      long parameters,
      double seconds) {
    int notFinite = (int) predictions.stream().filter(prediction -> !prediction.finite()).count();
    Agreement agreement = Prediction.agreement(predictions);
    return new Score(name, role, agreement, null, notFinite, settings, parameters, seconds);
  }

  /**
   * The same with its squared error in other units too.
   *
   * @param deviation of the training targets, in their unit
   */
  public Score inDeviations(double deviation) {
    return new Score(
        name,
        role,
        agreement,
        agreement.meanSquaredError() / (deviation * deviation),
        notFinite,
        settingsTried,
        parameters,
        seconds);
  }
}
