package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * Consecutive rows of every model: {@code y[i] = x[from + i]}.
 *
 * @param from first of the rows
 * @param x [rows, width]
 * @param output [fewer rows, width]
 */
public record RowSlice(int from, Tensor x, Tensor output) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
