package io.gradzoo.engine.training;

/**
 * Predicting a share, such as an accuracy: the prediction is σ(y), the loss its squared error,
 * averaged over the batch (ScaleGMN's task of predicting generalisation).
 */
final class SigmoidRegression {
  private SigmoidRegression() {}

  /** The prediction σ(y). */
  static float prediction(float y) {
    return (float) (1.0 / (1.0 + StrictMath.exp(-y)));
  }

  /** Squared error of one prediction. */
  static double loss(float y, float target) {
    double error = prediction(y) - target;
    return error * error;
  }

  /** Derivative by y of the squared error, divided by the batch size. */
  static float slope(float y, float target, int batch) {
    double p = prediction(y);
    return (float) (2 * (p - target) * p * (1 - p) / batch);
  }
}
