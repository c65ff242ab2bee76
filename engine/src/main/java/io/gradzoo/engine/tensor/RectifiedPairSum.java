package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y[p, q] = factor · Σ_i relu(u[i, p] + v[i, q] + t[p, q])}: a hidden layer on all pairs of
 * two bands of rows, summed over the lines. The pairs of a line are never stored.
 *
 * @param first u, the band whose rows p run slower in the result
 * @param second v
 * @param pairs t [p · q, width], the same for all lines, or null
 * @param output [p · q, width]
 */
public record RectifiedPairSum(Band first, Band second, Tensor pairs, float factor, Tensor output)
    implements Operation {

  @Override
  public List<Tensor> inputs() {
    return pairs == null ? List.of(first.x(), second.x()) : List.of(first.x(), second.x(), pairs);
  }
}
