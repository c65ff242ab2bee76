package io.gradzoo.jobs.prediction;

import java.io.Serializable;

/**
 * A model's prediction for a member: number by number, or of a class the chances of all.
 *
 * @param memberId of the member
 * @param architecture its text form
 * @param truth as it was measured, [numbers]: one, or one for every parameter; or the class, [1],
 *     NaN if it is not known
 * @param predicted by the model, [numbers], in the same unit; or the logarithm of the probability
 *     of each class, [classes], of which there are at least two
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record Answer(String memberId, String architecture, double[] truth, float[] predicted)
    implements Serializable {

  /** Whether all numbers are finite. */
  public static boolean finite(float[] predicted) {
    for (float number : predicted) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a class is predicted. */
  public boolean ofClass() {
    return ofClass(truth, predicted);
  }

  static boolean ofClass(double[] truth, float[] predicted) {
    return truth.length == 1 && predicted.length > 1;
  }

  /** The most probable class, of equals the first. */
  public static int mostProbable(float[] predicted) {
    int most = 0;
    for (int c = 1; c < predicted.length; c++) {
      most = predicted[c] > predicted[most] ? c : most;
    }
    return most;
  }

  /** The probability of each class, [classes]. */
  public static float[] probabilities(float[] predicted) {
    float[] probabilities = new float[predicted.length];
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = (float) StrictMath.exp(predicted[c]);
    }
    return probabilities;
  }

  /** The same as one number with its errors. */
  public Prediction prediction() {
    return Prediction.of(memberId, architecture, truth, predicted);
  }
}
