package io.gradzoo.jobs.config;

/** What a model predicts of a member. */
public enum PredictionTask {
  /** Its test accuracy. */
  ACCURACY,
  /** The diagonal of its Fisher matrix on the points of its target set. */
  FISHER_DIAGONAL,
  /** The trace of that matrix. */
  FISHER_TRACE;

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
}
