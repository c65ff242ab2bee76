package io.gradzoo.jobs.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;

/**
 * A model's prediction for a member as one number, with two errors; all in the unit of what is
 * predicted, or its square. Of a class, errors are those of the classes' probabilities.
 *
 * @param memberId of the member
 * @param architecture its text form
 * @param truth test accuracy; or Fisher trace, or mean of the Fisher diagonal; or a class
 * @param predicted by the model
 * @param absoluteError mean over the numbers that were predicted
 * @param squaredError likewise, in the squared unit
 * @param crossEntropy −ln of the probability that the true class was given, in nats; null of what
 *     is no class
 */
public record Prediction(
    String memberId,
    String architecture,
    double truth,
    double predicted,
    double absoluteError,
    double squaredError,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double crossEntropy)
    implements Serializable {

  /** A prediction of one number. */
  public static Prediction of(
      String memberId, String architecture, double truth, double predicted) {
    double error = predicted - truth;
    return new Prediction(
        memberId, architecture, truth, predicted, Math.abs(error), error * error, null);
  }

  /**
   * A prediction of one number, or of one for every parameter, of which the means are kept, or of a
   * class; as an {@link Answer} has them.
   */
  public static Prediction of(
      String memberId, String architecture, double[] truth, float[] predicted) {
    if (Answer.ofClass(truth, predicted)) {
      return ofClass(memberId, architecture, (int) truth[0], predicted);
    }
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
        squares / truth.length,
        null);
  }

  private static Prediction ofClass(
      String memberId, String architecture, int truth, float[] logarithms) {
    double absolutes = 0;
    double squares = 0;
    for (int c = 0; c < logarithms.length; c++) {
      double error = StrictMath.exp(logarithms[c]) - (c == truth ? 1 : 0);
      absolutes += Math.abs(error);
      squares += error * error;
    }
    return new Prediction(
        memberId,
        architecture,
        truth,
        Answer.finite(logarithms) ? Answer.mostProbable(logarithms) : Double.NaN,
        absolutes / logarithms.length,
        squares / logarithms.length,
        (double) -logarithms[truth]);
  }

  /** Whether all that was predicted are finite numbers. */
  public boolean finite() {
    return Double.isFinite(predicted);
  }

  /** Whether it is the true class. */
  private boolean right() {
    return predicted == truth;
  }

  /** How well predictions agree with the truth; classes have no order, so no ranks. */
  public static Agreement agreement(List<Prediction> predictions) {
    Agreement ranks =
        predictions.stream().allMatch(prediction -> prediction.crossEntropy != null)
            ? Agreement.ofClasses(
                (double) predictions.stream().filter(Prediction::right).count()
                    / predictions.size())
            : Agreement.of(
                predictions.stream().mapToDouble(Prediction::predicted).toArray(),
                predictions.stream().mapToDouble(Prediction::truth).toArray());
    return ranks.withErrors(
        predictions.stream().mapToDouble(Prediction::absoluteError).sum() / predictions.size(),
        predictions.stream().mapToDouble(Prediction::squaredError).sum() / predictions.size());
  }
}
