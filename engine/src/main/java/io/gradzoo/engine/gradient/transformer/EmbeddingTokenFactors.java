package io.gradzoo.engine.gradient.transformer;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.TransformerLayer.Embedding;

/**
 * Factors of an embedding: row r of its gradient is Σ g_t over the tokens t that read row r.
 *
 * @param rows row of the table that each token reads: its id, or its position, [tokens]
 * @param signals g, the derivative by the residual stream at its start, [tokens, width]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record EmbeddingTokenFactors(
    Embedding layer, Sequences sequences, int[] rows, float[] signals) implements TokenGradients {
  public EmbeddingTokenFactors {
    if (rows.length != sequences.elements()) {
      throw Fault.of("factors of " + layer.name())
          .expected("a row for each of " + sequences.elements() + " tokens")
          .found(rows.length)
          .exception();
    }
    for (int row : rows) {
      if (row < 0 || row >= layer.in().width()) {
        throw Fault.of("factors of " + layer.name())
            .expected("rows in 0…" + (layer.in().width() - 1))
            .found(row)
            .exception();
      }
    }
    TokenRows.require(layer, sequences, signals, layer.out().width());
  }

  @Override
  public String kind() {
    return "embedding";
  }

  @Override
  public void addTokenGradient(int element, double[] sum) {
    int width = layer.out().width();
    for (int i = 0; i < width; i++) {
      sum[rows[element] * width + i] += signals[element * width + i];
    }
  }

  /** g_t · g_s where both read the same row, else 0. */
  @Override
  public double tokenProduct(int t, int s) {
    return rows[t] == rows[s] ? TokenRows.dot(signals, layer.out().width(), t, s) : 0;
  }
}
