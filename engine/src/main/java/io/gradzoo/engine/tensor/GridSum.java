package io.gradzoo.engine.tensor;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * {@code y[p, q] = x[p, q] + u[p] + v[q] + w}, each term optional, but one of x and v, and perhaps
 * the ReLU of that: the outer sum of node features over edges, and the exchangeable layer of
 * GradMetaNet over (set element, neuron).
 *
 * @param grid of the result
 * @param cells x, [first · second, width], or null
 * @param alongFirst u, [first, width], or null
 * @param alongSecond v, [second, width], or null
 * @param everywhere w, [1, width], or null
 * @param rectified whether the result is the ReLU of the sum
 * @param output [first · second, width]
 */
public record GridSum(
    Grid grid,
    Tensor cells,
    Tensor alongFirst,
    Tensor alongSecond,
    Tensor everywhere,
    boolean rectified,
    Tensor output)
    implements Operation {

  /** The ReLU of this sum. */
  GridSum rectified(Tensor result) {
    return new GridSum(grid, cells, alongFirst, alongSecond, everywhere, true, result);
  }

  /** The inputs, with others in place of the cells. */
  List<Tensor> inputsWithCells(Tensor others) {
    return Stream.of(others, alongFirst, alongSecond, everywhere).filter(Objects::nonNull).toList();
  }

  @Override
  public List<Tensor> inputs() {
    return inputsWithCells(cells);
  }
}
