package io.gradzoo.jobs.prediction;

import java.io.Serializable;

/**
 * A model's prediction for a member, number by number.
 *
 * @param memberId of the member
 * @param architecture its text form
 * @param truth as it was measured, [numbers]: one, or one for every parameter
 * @param predicted by the model, [numbers], in the same unit
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

  /** The same as one number with its errors. */
  public Prediction prediction() {
    return Prediction.of(memberId, architecture, truth, predicted);
  }
}
