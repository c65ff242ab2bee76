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
  void update(float[] parameters, float[] gradients, double learningRate) {
    float[] m = moments()[0];
    float[] v = moments()[1];
    float decay = (float) (learningRate * weightDecay);
    float rate = (float) (learningRate / (1.0 - StrictMath.pow(BETA1, (double) steps())));
    float inverse = (float) (1.0 / Math.sqrt(1.0 - StrictMath.pow(BETA2, (double) steps())));
    float keep1 = (float) BETA1;
    float keep2 = (float) BETA2;
    float take1 = (float) (1.0 - BETA1);
    float take2 = (float) (1.0 - BETA2);
    for (int i = 0; i < parameters.length; i++) {
      float g = gradients[i];
      m[i] = keep1 * m[i] + take1 * g;
      v[i] = keep2 * v[i] + take2 * g * g;
      float root = (float) Math.sqrt(v[i]) * inverse + EPSILON;
      parameters[i] -= decay * parameters[i] + rate * m[i] / root;
    }
  }
}
