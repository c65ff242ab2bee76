package io.gradzoo.jobs.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * @param metrics of the task's own, by name in the order of tables; empty of a task that has none
 */
public record Score(
    String name,
    Role role,
    Agreement agreement,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double squaredErrorInDeviations,
    int notFinite,
    int settingsTried,
    long parameters,
    double seconds,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> metrics) {
  public Score {
    metrics =
        metrics == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

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
      double seconds,
      Map<String, Double> metrics) {
    int notFinite = (int) predictions.stream().filter(prediction -> !prediction.finite()).count();
    Agreement agreement = Prediction.agreement(predictions);
    return new Score(
        name, role, agreement, null, notFinite, settings, parameters, seconds, metrics);
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
        seconds,
        metrics);
  }
}
