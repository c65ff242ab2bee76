package io.gradzoo.engine.optimize;

/**
 * Adam with Keras' defaults (β₁ = 0.9, β₂ = 0.999, ε = 1e-7) in Keras' form, where ε is added after
 * the bias correction was moved into the rate: θ −= η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε).
 */
public final class Adam extends Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-7f;

  /**
   * @param size length of the parameter vector
   */
  public Adam(int size) {
    super(size, 2);
  }

  @Override
  void set(float[] of, double learningRate) {
    set(of, Coefficient.KEEP_FIRST, BETA1);
    set(of, Coefficient.TAKE_FIRST, 1.0 - BETA1);
    set(of, Coefficient.KEEP_SECOND, BETA2);
    set(of, Coefficient.TAKE_SECOND, 1.0 - BETA2);
    set(of, Coefficient.RATE, corrected(learningRate));
    set(of, Coefficient.CORRECTION, 1);
    set(of, Coefficient.EPSILON, EPSILON);
  }

  private double corrected(double learningRate) {
    return learningRate
        * Math.sqrt(1.0 - StrictMath.pow(BETA2, (double) steps()))
        / (1.0 - StrictMath.pow(BETA1, (double) steps()));
  }
}
