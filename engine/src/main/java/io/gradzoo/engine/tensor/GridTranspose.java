package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y[q, p] = x[p, q]} for the rows of a grid.
 *
 * @param first lines along the first axis of the grid
 * @param x [first · second, width]
 * @param output [second · first, width]
 */
public record GridTranspose(int first, Tensor x, Tensor output) implements Operation {

  /** The grid of x. */
  public Grid grid() {
    return Grid.of(first, x);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
