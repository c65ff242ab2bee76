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
  void update(float[] parameters, float[] gradients, double learningRate) {
    float[] m = moments()[0];
    float[] v = moments()[1];
    double corrected =
        learningRate
            * Math.sqrt(1.0 - StrictMath.pow(BETA2, (double) steps()))
            / (1.0 - StrictMath.pow(BETA1, (double) steps()));
    float rate = (float) corrected;
    float keep1 = (float) BETA1;
    float keep2 = (float) BETA2;
    float take1 = (float) (1.0 - BETA1);
    float take2 = (float) (1.0 - BETA2);
    for (int i = 0; i < parameters.length; i++) {
      float g = gradients[i];
      m[i] = keep1 * m[i] + take1 * g;
      v[i] = keep2 * v[i] + take2 * g * g;
      parameters[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + EPSILON);
    }
  }
}
