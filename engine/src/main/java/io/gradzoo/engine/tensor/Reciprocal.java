package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y = x / ‖x‖²}, row by row: 1/w for a single weight, and what transforms inversely to a
 * kernel under scaling. A zero row, which every scaling leaves alone, gives zero.
 */
public record Reciprocal(Tensor x, Tensor output) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
