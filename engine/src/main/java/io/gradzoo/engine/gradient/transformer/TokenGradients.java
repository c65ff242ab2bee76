package io.gradzoo.engine.gradient.transformer;

import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.TransformerLayer;

/**
 * Exact gradients of every sequence of a set in one stage of a transformer, as factors of each
 * token: the gradient of a sequence is a sum over its tokens (GradMetaNet App. B.1).
 */
public sealed interface TokenGradients
    permits LinearTokenFactors, NormalizationTokenFactors, EmbeddingTokenFactors {

  /** The stage. */
  TransformerLayer layer();

  /** The set. */
  Sequences sequences();

  /** What they are factors of: {@code linear}, {@code layernorm} or {@code embedding}. */
  String kind();

  /**
   * Adds one token's part to a sum: the stage's stretch of the flat gradient.
   *
   * @param element the token's index among those of all sequences
   */
  void addTokenGradient(int element, double[] sum);

  /** ⟨part of token t, part of token s⟩, without forming either. */
  double tokenProduct(int t, int s);

  /**
   * One sequence's gradient in this stage, summed in double, into the stage's stretch of a flat
   * gradient.
   */
  default void sampleGradient(int sequence, float[] flat) {
    double[] sum = new double[layer().size()];
    int end = sequences().start(sequence) + sequences().length(sequence);
    for (int element = sequences().start(sequence); element < end; element++) {
      addTokenGradient(element, sum);
    }
    for (int i = 0; i < sum.length; i++) {
      flat[layer().offset() + i] = (float) sum[i];
    }
  }

  /**
   * ⟨gradient of sequence n, gradient of sequence m⟩ in this stage by the double sum over pairs of
   * tokens.
   */
  default double product(int n, int m) {
    double sum = 0;
    for (int t = sequences().start(n); t < sequences().start(n) + sequences().length(n); t++) {
      for (int s = sequences().start(m); s < sequences().start(m) + sequences().length(m); s++) {
        sum += tokenProduct(t, s);
      }
    }
    return sum;
  }
}
