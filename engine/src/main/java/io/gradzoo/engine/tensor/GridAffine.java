package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y[p, q] = M x[p, q] + u[p] + v[q] + w}, with a linear map M and perhaps the ReLU of it
 * all: a {@link GridSum} whose cells come straight from a map and are never stored.
 *
 * @param map of one input; gives the cells of the sum, and nothing else reads them
 * @param sum with cells
 */
public record GridAffine(Linear map, GridSum sum) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return sum.inputsWithCells(map.inputs().get(0));
  }

  @Override
  public Tensor output() {
    return sum.output();
  }
}
