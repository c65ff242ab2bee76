package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y[p, q] = x[p, q] ⊙ v[p]} or {@code x[p, q] ⊙ v[q]} on a grid of rows [first · second]: an
 * edge feature times that of its source or of its target node.
 *
 * @param axis the axis that v runs along: the grid has as many lines along it as v has rows
 * @param x [first · second, width]
 * @param v [first, width] or [second, width]
 * @param output [first · second, width]
 */
public record GridProduct(GridAxis axis, Tensor x, Tensor v, Tensor output) implements Operation {

  /** The grid of x. */
  public Grid grid() {
    return Grid.of(axis == GridAxis.FIRST ? v.rows() : x.rows() / v.rows(), x);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x, v);
  }
}
