package io.gradzoo.engine.optimize;

/**
 * RMSprop with Keras' defaults (ρ = 0.9, ε = 1e-7, no momentum, not centred): v ← ρ v + (1 − ρ) g²,
 * θ −= η g / (√v + ε).
 */
public final class RmsProp extends Optimizer {
  private static final float RHO = 0.9f;
  private static final float EPSILON = 1e-7f;

  /**
   * @param size length of the parameter vector
   */
  public RmsProp(int size) {
    super(size, 1);
  }

  @Override
  void update(float[] parameters, float[] gradients, double learningRate) {
    float[] v = moments()[0];
    float rate = (float) learningRate;
    for (int i = 0; i < parameters.length; i++) {
      float g = gradients[i];
      v[i] = RHO * v[i] + (1f - RHO) * g * g;
      parameters[i] -= rate * g / ((float) Math.sqrt(v[i]) + EPSILON);
    }
  }
}
