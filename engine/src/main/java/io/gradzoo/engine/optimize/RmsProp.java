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
  void set(float[] of, double learningRate) {
    set(of, Coefficient.KEEP_SECOND, RHO);
    set(of, Coefficient.TAKE_SECOND, 1f - RHO);
    set(of, Coefficient.RATE, learningRate);
    set(of, Coefficient.CORRECTION, 1);
    set(of, Coefficient.EPSILON, EPSILON);
  }
}
