package io.gradzoo.jobs.prediction;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * How well parameters perform on the validation split.
 *
 * @param agreement of predictions and truth, in the unit of the targets
 * @param loss mean over the examples, in the unit of the training loss
 */
public record Validation(Agreement agreement, double loss) {
  /** Less than any difference of accuracies. */
  private static final double TIE = 1e-9;

  /**
   * A prediction and its loss.
   *
   * @param loss of the example, as training counts it
   */
  public record ScoredPrediction(Prediction prediction, double loss) implements Serializable {}

  /**
   * Kendall's τ, larger where the order of members is better; NaN if predictions are not finite.
   */
  public double rankCorrelation() {
    return finite() ? agreement.tau() : Double.NaN;
  }

  /** The squared error, negated, so that larger is better; NaN if predictions are not finite. */
  public double negatedSquaredError() {
    return finite() ? -agreement.meanSquaredError() : Double.NaN;
  }

  /**
   * The share of right classes, and among equals the one of the lower loss: larger is better; NaN
   * if predictions are not finite.
   */
  public double accuracyThenLoss() {
    return finite() ? agreement.accuracy() - TIE * loss / (1 + loss) : Double.NaN;
  }

  private boolean finite() {
    return Double.isFinite(agreement.meanSquaredError());
  }

  /** Of at least two predictions, summed in the order of the members' ids. */
  public static Validation of(List<ScoredPrediction> judged) {
    List<ScoredPrediction> inOrder =
        judged.stream().sorted(Comparator.comparing(j -> j.prediction().memberId())).toList();
    return new Validation(
        Prediction.agreement(inOrder.stream().map(ScoredPrediction::prediction).toList()),
        inOrder.stream().mapToDouble(ScoredPrediction::loss).sum() / inOrder.size());
  }
}
