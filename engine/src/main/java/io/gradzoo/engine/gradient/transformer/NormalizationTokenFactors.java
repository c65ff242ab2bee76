package io.gradzoo.engine.gradient.transformer;

import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.TransformerLayer.Normalization;

/**
 * Factors of a LayerNorm's gain and offset: Σ_t g_t ⊙ x̂_t and Σ_t g_t.
 *
 * @param normalized x̂, before the gain, [tokens, width]
 * @param signals g, the derivative by its output, [tokens, width]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record NormalizationTokenFactors(
    Normalization layer, Sequences sequences, float[] normalized, float[] signals)
    implements TokenGradients {
  public NormalizationTokenFactors {
    TokenRows.require(layer, sequences, normalized, layer.out().width());
    TokenRows.require(layer, sequences, signals, layer.out().width());
  }

  @Override
  public String kind() {
    return "layernorm";
  }

  @Override
  public void addTokenGradient(int element, double[] sum) {
    int width = layer.out().width();
    for (int i = 0; i < width; i++) {
      double g = signals[element * width + i];
      sum[i] += g * normalized[element * width + i];
      sum[width + i] += g;
    }
  }

  /** Σ_i g_ti g_si (1 + x̂_ti x̂_si). */
  @Override
  public double tokenProduct(int t, int s) {
    int width = layer.out().width();
    double sum = 0;
    for (int i = 0; i < width; i++) {
      int ti = t * width + i;
      int si = s * width + i;
      sum += (double) signals[ti] * signals[si] * (1 + (double) normalized[ti] * normalized[si]);
    }
    return sum;
  }
}
