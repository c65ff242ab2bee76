package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * A named tensor in the flat parameter vector of a metanetwork.
 *
 * @param name dotted path, as in PyTorch's state_dict
 * @param offset index of its first number in the flat vector
 * @param shape sizes, outermost first; row-major
 * @param initialization how a fresh model fills it
 */
public record Parameter(
    String name, int offset, List<Integer> shape, Initialization initialization) {

  /** Count of numbers. */
  public int size() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }

  /** The parameter as a matrix [first size, rest]. */
  public Matrix matrix() {
    int rows = shape.get(0);
    int columns = size() / rows;
    return new Matrix(offset, rows, columns, columns);
  }
}
