package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y[q] = Σ_p a[p, q] ⊙ b[p, q]} (or the other way round) over a grid of rows [first ·
 * second]: the sum over one axis of a product that is never stored.
 *
 * @param summed the axis that is summed over
 * @param first lines along the first axis of the grid
 * @param a [first · second, width]
 * @param b [first · second, width]
 * @param output [second, width] or [first, width]
 */
public record GridInnerProduct(GridAxis summed, int first, Tensor a, Tensor b, Tensor output)
    implements Operation {

  /** The grid of a and b. */
  public Grid grid() {
    return Grid.of(first, a);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }
}
