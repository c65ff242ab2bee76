package io.gradzoo.engine.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a {@link Tape} has recorded, and the operations on grids of rows: [first · second] rows in
 * each model, such as the edges between two layers of nodes, or the neurons of each element of a
 * set.
 */
abstract class GridRecorder {
  private final List<Operation> recorded = new ArrayList<>();

  /**
   * {@code y[p, q] = x[p, q] ⊙ v[p]}, or {@code v[q]}: x [first · second, width], v [first or
   * second, width].
   */
  public Tensor gridProduct(Tensor x, Tensor v, GridAxis axis) {
    Tensor y = Tensor.result(x.rows(), x.width(), x.needsGradient() || v.needsGradient());
    return record(new GridProduct(axis, x, v, y));
  }

  /** Sum over one axis of a grid: x [first · second, width] → [second, width] or [first, width]. */
  public Tensor gridSum(Tensor x, int first, GridAxis summed) {
    return gridReduce(x, first, summed, 1f);
  }

  /** Mean over one axis of a grid. */
  public Tensor gridMean(Tensor x, int first, GridAxis averaged) {
    int terms = averaged == GridAxis.FIRST ? first : x.rows() / first;
    return gridReduce(x, first, averaged, 1f / terms);
  }

  /** {@code y[p, q] = u[p] + v[q]}: [first, width], [second, width] → [first · second, width]. */
  public Tensor outerSum(Tensor u, Tensor v) {
    Tensor y =
        Tensor.result(u.rows() * v.rows(), u.width(), u.needsGradient() || v.needsGradient());
    return record(sum(u.rows(), v.rows(), y, null, u, v, null));
  }

  /** {@code y[p, q] = x[p, q] + u[p] + v[q]}. */
  public Tensor gridAdd(Tensor x, Tensor u, Tensor v) {
    return record(sum(u.rows(), v.rows(), like(x, u, v), x, u, v, null));
  }

  /** {@code y[p, q] = x[p, q] + v[p]}, or {@code v[q]}. */
  public Tensor gridAdd(Tensor x, Tensor v, GridAxis axis) {
    int lines = v.rows();
    int others = x.rows() / lines;
    return record(
        axis == GridAxis.FIRST
            ? sum(lines, others, like(x, v), x, v, null, null)
            : sum(others, lines, like(x, v), x, null, v, null));
  }

  /** {@code y[p, q] = x[p, q] + u[p] + v[q] + w}, with w [1, width]. */
  public Tensor gridAdd(Tensor x, Tensor u, Tensor v, Tensor w) {
    return record(sum(u.rows(), v.rows(), like(x, u, v, w), x, u, v, w));
  }

  /** {@code y[i] = x[i] + w}, with w [1, width] of the same model. */
  public Tensor addToRows(Tensor x, Tensor w) {
    return record(sum(1, x.rows(), like(x, w), x, null, null, w));
  }

  /** Sum over all rows of a model, [rows, width] → [1, width]. */
  public Tensor sumRows(Tensor x) {
    return gridSum(x, 1, GridAxis.SECOND);
  }

  /** Mean over all rows of a model. */
  public Tensor meanRows(Tensor x) {
    return gridMean(x, 1, GridAxis.SECOND);
  }

  private GridSum sum(int first, int second, Tensor y, Tensor cells, Tensor u, Tensor v, Tensor w) {
    Grid grid = new Grid(first, second, y.width());
    return new GridSum(grid, cells, u, v, w, false, y);
  }

  private Tensor gridReduce(Tensor x, int first, GridAxis summed, float factor) {
    int kept = summed == GridAxis.FIRST ? x.rows() / first : first;
    Tensor y = Tensor.result(kept, x.width(), x.needsGradient());
    return record(new GridReduce(summed, first, factor, x, y));
  }

  /** The operations so far, in order. */
  final List<Operation> recorded() {
    return recorded;
  }

  /** A tensor of the first one's shape, with a gradient if any of them has one. */
  static Tensor like(Tensor... tensors) {
    boolean gradient = Arrays.stream(tensors).anyMatch(Tensor::needsGradient);
    return Tensor.result(tensors[0].rows(), tensors[0].width(), gradient);
  }

  final Tensor record(Operation operation) {
    recorded.add(operation);
    return operation.output();
  }
}
