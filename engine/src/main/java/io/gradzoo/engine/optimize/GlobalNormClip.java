package io.gradzoo.engine.optimize;

import io.gradzoo.engine.fault.Fault;

/**
 * Limit on the Euclidean norm of a whole gradient, as PyTorch's {@code clip_grad_norm_}: the
 * gradient is multiplied by {@code maximum / (norm + 1e-6)} where that is below 1.
 *
 * @param maximum largest norm let through, positive
 */
public record GlobalNormClip(double maximum) {
  /** Added to the norm that the maximum is divided by. */
  public static final double EPSILON = 1e-6;

  public GlobalNormClip {
    if (!(maximum > 0)) {
      throw Fault.of("largest norm").expected("a positive number").found(maximum).exception();
    }
  }

  /**
   * Clips in place and returns the norm before clipping, summed in double. A norm that is not
   * finite is the caller's to act on: the gradient is then no longer usable.
   *
   * @param gradients [size], changed only when too long
   */
  public double apply(float[] gradients) {
    double norm = Math.sqrt(squares(gradients));
    double coefficient = maximum / (norm + EPSILON);
    if (coefficient < 1.0) {
      float scale = (float) coefficient;
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] *= scale;
      }
    }
    return norm;
  }

  /** Four sums side by side, since each addition waits for the one before it. */
  private static double squares(float[] gradients) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i <= gradients.length - 4; i += 4) {
      s0 += (double) gradients[i] * gradients[i];
      s1 += (double) gradients[i + 1] * gradients[i + 1];
      s2 += (double) gradients[i + 2] * gradients[i + 2];
      s3 += (double) gradients[i + 3] * gradients[i + 3];
    }
    for (; i < gradients.length; i++) {
      s0 += (double) gradients[i] * gradients[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
