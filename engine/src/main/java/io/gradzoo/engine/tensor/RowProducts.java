package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y[i, j] = ⟨a[i], b[j]⟩} within each of some groups of rows: {@code Y = A Bᵀ}. Where b has
 * the rows of a matrix, that is a linear map whose matrix is a tensor: each model, or each group of
 * a model, has its own, and the matrix has a gradient as any tensor has.
 *
 * @param groups in each model
 * @param a [groups · its rows, width]
 * @param b [groups · its rows, width]
 * @param output [groups · rows of a, rows of b]
 */
public record RowProducts(int groups, Tensor a, Tensor b, Tensor output) implements Operation {

  /** Rows of a in a group. */
  public int left() {
    return a.rows() / groups;
  }

  /** Rows of b in a group. */
  public int right() {
    return b.rows() / groups;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }
}
