package io.gradzoo.jobs.prediction;

import java.io.Serializable;

/**
 * What a model says of a member, number by number.
 *
 * @param memberId of the member
 * @param architecture its text form
 * @param truth as it was measured, [numbers]: one, or one for every parameter
 * @param predicted what the model expects instead, [numbers], in the same unit
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

  /** What ranks and errors are taken of. */
  public Prediction prediction() {
    return Prediction.of(memberId, architecture, truth, predicted);
  }
}
