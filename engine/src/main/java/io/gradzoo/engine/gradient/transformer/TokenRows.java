package io.gradzoo.engine.gradient.transformer;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.TransformerLayer;

/** Arithmetic on rows of numbers, one row for each token of a set. */
final class TokenRows {
  private TokenRows() {}

  /** ⟨row t, row s⟩ of x [tokens, width]. */
  static double dot(float[] x, int width, int t, int s) {
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += (double) x[t * width + i] * x[s * width + i];
    }
    return sum;
  }

  /**
   * @throws IllegalArgumentException if there is not a row for every token
   */
  static void require(TransformerLayer layer, Sequences sequences, float[] rows, int width) {
    if (rows.length != sequences.elements() * width) {
      throw Fault.of("factors of " + layer.name())
          .expected(sequences.elements() + " tokens of " + width + " numbers")
          .found(rows.length + " numbers")
          .exception();
    }
  }
}
