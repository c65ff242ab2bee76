package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y[q] = factor · Σ_p x[p, q]} (or the other way round) over a grid of rows [first ·
 * second].
 *
 * @param summed the axis that is summed over
 * @param first lines along the first axis of the grid
 * @param x [first · second, width]
 * @param output [second, width] or [first, width]
 */
public record GridReduce(GridAxis summed, int first, float factor, Tensor x, Tensor output)
    implements Operation {

  /** The grid of x. */
  public Grid grid() {
    return Grid.of(first, x);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
