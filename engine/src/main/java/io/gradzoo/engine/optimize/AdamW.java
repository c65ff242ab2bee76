package io.gradzoo.engine.optimize;

import io.gradzoo.engine.fault.Fault;

/**
 * Adam with decoupled weight decay on every parameter, as PyTorch computes it (Loshchilov and
 * Hutter 2019; β₁ = 0.9, β₂ = 0.999, ε = 1e-8): θ ← (1 − η λ) θ, then θ −= η / (1 − β₁ᵗ) · m / (√v
 * / √(1 − β₂ᵗ) + ε).
 */
public final class AdamW extends Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-8f;

  private final double weightDecay;

  /**
   * @param size length of the parameter vector
   * @param weightDecay λ, not negative
   */
  public AdamW(int size, double weightDecay) {
    super(size, 2);
    if (!(weightDecay >= 0)) {
      throw Fault.of("weight decay").expected("0 or more").found(weightDecay).exception();
    }
    this.weightDecay = weightDecay;
  }

  @Override
  void set(float[] of, double learningRate) {
    set(of, Coefficient.KEEP_FIRST, BETA1);
    set(of, Coefficient.TAKE_FIRST, 1.0 - BETA1);
    set(of, Coefficient.KEEP_SECOND, BETA2);
    set(of, Coefficient.TAKE_SECOND, 1.0 - BETA2);
    set(of, Coefficient.DECAY, learningRate * weightDecay);
    set(of, Coefficient.RATE, learningRate / (1.0 - StrictMath.pow(BETA1, (double) steps())));
    set(of, Coefficient.CORRECTION, 1.0 / Math.sqrt(1.0 - StrictMath.pow(BETA2, (double) steps())));
    set(of, Coefficient.EPSILON, EPSILON);
  }
}
