package io.gradzoo.engine.gradient.transformer;

import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.TransformerLayer.LinearMap;

/**
 * Factors of an affine map: dW = Σ_t g_t a_tᵀ and db = Σ_t g_t (GradMetaNet App. B.1).
 *
 * @param inputs a, [tokens, in]
 * @param signals g, the derivative of the whole sequence's loss by the map's output, [tokens, out]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record LinearTokenFactors(
    LinearMap layer, Sequences sequences, float[] inputs, float[] signals)
    implements TokenGradients {
  public LinearTokenFactors {
    TokenRows.require(layer, sequences, inputs, layer.in().width());
    TokenRows.require(layer, sequences, signals, layer.out().width());
  }

  @Override
  public String kind() {
    return "linear";
  }

  @Override
  public void addTokenGradient(int element, double[] sum) {
    int in = layer.in().width();
    int out = layer.out().width();
    for (int o = 0; o < out; o++) {
      double g = signals[element * out + o];
      for (int i = 0; i < in; i++) {
        sum[o * in + i] += g * inputs[element * in + i];
      }
      sum[out * in + o] += g;
    }
  }

  /** (g_t · g_s)(1 + a_t · a_s). */
  @Override
  public double tokenProduct(int t, int s) {
    return TokenRows.dot(signals, layer.out().width(), t, s)
        * (1 + TokenRows.dot(inputs, layer.in().width(), t, s));
  }
}
