package io.gradzoo.jobs.task;

/** What a model predicts of a member. */
public enum PredictionTask {
  /** Its test accuracy. */
  ACCURACY,
  /** The diagonal of its Fisher matrix on the points of its target set. */
  FISHER_DIAGONAL,
  /** The trace of that matrix. */
  FISHER_TRACE;

  /** What a model that predicts it says of a target network. */
  public OutputShape output() {
    return this == FISHER_DIAGONAL ? OutputShape.EVERY_PARAMETER : OutputShape.ONE_NUMBER;
  }

  /** Whether it is about curvature, so that members need gradient sets of two roles. */
  public boolean curvature() {
    return this != ACCURACY;
  }

  /** In words, for tables and reports. */
  public String title() {
    return switch (this) {
      case ACCURACY -> "test accuracy";
      case FISHER_DIAGONAL -> "mean of the Fisher diagonal";
      case FISHER_TRACE -> "Fisher trace";
    };
  }

  /** Name of the column that holds what is predicted; predictions have {@code predicted_} first. */
  public String column() {
    return switch (this) {
      case ACCURACY -> "test_accuracy";
      case FISHER_DIAGONAL -> "fisher_diagonal";
      case FISHER_TRACE -> "fisher_trace";
    };
  }

  /** The unit of what is predicted, in words. */
  public String unit() {
    return switch (this) {
      case ACCURACY -> "share of right answers";
      case FISHER_DIAGONAL -> "squared gradient";
      case FISHER_TRACE -> "squared gradient, summed over the parameters";
    };
  }
}
