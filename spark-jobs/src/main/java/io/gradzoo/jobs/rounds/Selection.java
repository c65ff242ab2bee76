package io.gradzoo.jobs.rounds;

import io.gradzoo.jobs.inference.Validation;
import io.gradzoo.jobs.task.PredictionTask;

/** What the best parameters of a training are best in, on the validation split. */
public enum Selection {
  /** The ranks of the members. */
  KENDALL_TAU,
  /** The squared error. */
  SQUARED_ERROR;

  /** Curvature is a matter of numbers, accuracy of ranks. */
  public static Selection of(PredictionTask task) {
    return task.curvature() ? SQUARED_ERROR : KENDALL_TAU;
  }

  /** Larger is better; not a number if predictions are not finite. */
  double score(Validation validation) {
    double error = validation.agreement().meanSquaredError();
    if (!Double.isFinite(error)) {
      return Double.NaN;
    }
    return this == KENDALL_TAU ? validation.agreement().tau() : -error;
  }
}
