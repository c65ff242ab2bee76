package io.gradzoo.engine.network.transformer;

import io.gradzoo.engine.network.transformer.TransformerLayer.Normalization;

/**
 * LayerNorm on the tokens of a sequence: x̂ = (x − mean) / √(variance + 1e-5) with the biased
 * variance, y = gain ⊙ x̂ + offset. Sums are in double. It keeps x̂ and its output signals.
 */
final class NormStage {
  private static final double EPSILON = 1e-5;

  private final Normalization norm;
  private final int width;
  private final float[] normalized;
  private final double[] inverseDeviations;
  private final float[] signals;
  private float[] parameters;

  NormStage(Normalization norm, int positions) {
    this.norm = norm;
    this.width = norm.out().width();
    this.normalized = new float[positions * width];
    this.inverseDeviations = new double[positions];
    this.signals = new float[positions * width];
  }

  Normalization norm() {
    return norm;
  }

  /**
   * @param flat the network's parameters, read until the next load
   */
  void load(float[] flat) {
    parameters = flat;
  }

  /** x, y [tokens, width]; y is set. */
  void forward(int tokens, float[] x, float[] y) {
    for (int t = 0; t < tokens; t++) {
      int start = t * width;
      double mean = 0;
      for (int i = start; i < start + width; i++) {
        mean += x[i];
      }
      mean /= width;
      double variance = 0;
      for (int i = start; i < start + width; i++) {
        variance += (x[i] - mean) * (x[i] - mean);
      }
      double inverse = 1 / Math.sqrt(variance / width + EPSILON);
      inverseDeviations[t] = inverse;
      for (int i = 0; i < width; i++) {
        float hat = (float) ((x[start + i] - mean) * inverse);
        normalized[start + i] = hat;
        y[start + i] = parameters[norm.offset() + i] * hat + parameters[norm.shiftOffset() + i];
      }
    }
  }

  /**
   * dx += (h − mean(h) − x̂ mean(h ⊙ x̂)) / √(variance + 1e-5) with h = gain ⊙ dy; dx, dy [tokens,
   * width].
   */
  void backward(int tokens, float[] dy, float[] dx) {
    System.arraycopy(dy, 0, signals, 0, tokens * width);
    for (int t = 0; t < tokens; t++) {
      int start = t * width;
      double mean = 0;
      double along = 0;
      for (int i = 0; i < width; i++) {
        double h = (double) parameters[norm.offset() + i] * dy[start + i];
        mean += h / width;
        along += h * normalized[start + i] / width;
      }
      for (int i = 0; i < width; i++) {
        double h = (double) parameters[norm.offset() + i] * dy[start + i];
        dx[start + i] +=
            (float) ((h - mean - normalized[start + i] * along) * inverseDeviations[t]);
      }
    }
  }

  /** x̂ of the last pass, [tokens, width]. */
  float[] normalized() {
    return normalized;
  }

  /** dy of the last pass, [tokens, width]. */
  float[] signals() {
    return signals;
  }

  /** Adds the gradient, times a factor, to a flat gradient. */
  void addGradient(int tokens, float factor, float[] flat) {
    for (int i = 0; i < width; i++) {
      double ofGain = 0;
      double ofOffset = 0;
      for (int at = i; at < tokens * width; at += width) {
        ofGain += (double) signals[at] * normalized[at];
        ofOffset += signals[at];
      }
      flat[norm.offset() + i] += (float) (factor * ofGain);
      flat[norm.shiftOffset() + i] += (float) (factor * ofOffset);
    }
  }
}
