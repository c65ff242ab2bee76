package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Attention;
import io.gradzoo.engine.tensor.Grid;
import io.gradzoo.engine.tensor.GridAxis;

/**
 * An argument of a kernel: the sequences that attend to themselves, the {@code Sequences} of the
 * sources.
 *
 * @param count of sequences, of all models
 * @param n rows of a sequence
 * @param lines sequences of a model
 * @param start rows from one of a model's sequences to the next
 * @param step rows from one of a sequence to its next
 * @param heads of attention
 * @param width of a head
 */
public record AttentionSequences(
    int count, int n, int lines, int start, int step, int heads, int width) {

  static AttentionSequences of(Attention attention, int models) {
    Grid grid = attention.grid();
    boolean first = attention.along() == GridAxis.FIRST;
    int lines = first ? grid.second() : grid.first();
    return new AttentionSequences(
        models * lines,
        first ? grid.first() : grid.second(),
        lines,
        first ? 1 : grid.second(),
        first ? grid.second() : 1,
        attention.parameters().heads(),
        attention.parameters().in());
  }

  /** Rows of all heads. */
  int rows() {
    return Math.multiplyExact(Math.multiplyExact(count, n), heads);
  }
}
