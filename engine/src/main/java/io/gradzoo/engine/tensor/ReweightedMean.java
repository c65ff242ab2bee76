package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y[p, q] = Σ_i w_i u[i, p] v[i, q]} with {@code w_i = (1 + c_i − c̄) / b}: the mean of the
 * outer products of two bands, in which line i counts by its score c_i. The b products themselves
 * are never stored. Only the scores are differentiated by.
 *
 * @param scores c [b, 1]
 * @param upper u, of rows of one number
 * @param lower v, likewise
 * @param output [p · q, 1]
 */
public record ReweightedMean(Tensor scores, Band upper, Band lower, Tensor output)
    implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(scores, upper.x(), lower.x());
  }
}
