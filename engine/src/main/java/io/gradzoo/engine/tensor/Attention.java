package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * Self-attention with several heads along one axis of a grid: each line of the axis is a sequence
 * x_1 … x_n of its own, with
 *
 * <pre>
 *   y_i = M_O [Σ_j p_ij M_V x_j for each head]    p_i = softmax over j of ⟨M_Q x_i, M_K x_j⟩ / √in
 * </pre>
 *
 * @param parameters M_Q, M_K, M_V and M_O
 * @param first lines along the first axis of the grid
 * @param along axis along which rows attend to each other
 * @param x [first · second, in]
 * @param output [first · second, out]
 */
public record Attention(
    AttentionParameters parameters, int first, GridAxis along, Tensor x, Tensor output)
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
