package io.gradzoo.engine.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a {@link Tape} has recorded, and the operations on grids of rows and on {@link Band}s of
 * them: [first · second] rows in each model, such as the edges between two layers of nodes, or the
 * neurons of each element of a set.
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

  /**
   * {@code y[p, q] = v[q]}, so many copies of all rows: v [rows, width] → [times · rows, width].
   */
  public Tensor copies(Tensor v, int times) {
    Tensor y = Tensor.result(times * v.rows(), v.width(), v.needsGradient());
    return record(sum(times, v.rows(), y, null, null, v, null));
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

  /** {@code y[q, p] = x[p, q]} for the rows of a grid [first · second]. */
  public Tensor gridTranspose(Tensor x, int first) {
    return record(new GridTranspose(first, x, like(x)));
  }

  /**
   * {@code y[p, q] = factor · Σ_i relu(u[i, p] + v[i, q])}, over the lines i of two bands: [u.count
   * · v.count, width].
   */
  public Tensor rectifiedPairSum(Band u, Band v, float factor) {
    return rectifiedPairSum(u, v, null, factor);
  }

  /**
   * {@code y[p, q] = factor · Σ_i relu(u[i, p] + v[i, q] + t[p, q])}, with t [u.count · v.count,
   * width].
   */
  public Tensor rectifiedPairSum(Band u, Band v, Tensor t, float factor) {
    boolean gradient =
        u.x().needsGradient() || v.x().needsGradient() || (t != null && t.needsGradient());
    Tensor y = Tensor.result(u.count() * v.count(), u.x().width(), gradient);
    return record(new RectifiedPairSum(u, v, t, factor, y));
  }

  /** {@code y[i] = mean_p x[i, p]}, over the rows p of a band of each line: [lines, width]. */
  public Tensor bandMean(Band x) {
    Tensor y = Tensor.result(x.lines(), x.x().width(), x.x().needsGradient());
    return record(new BandMean(x, y));
  }

  /**
   * {@code y[p, q] = Σ_i (1 + c_i − c̄) / b · u[i, p] v[i, q]}, with c [b, 1] and two bands of b
   * lines, of rows of one number: [u.count · v.count, 1].
   *
   * @throws IllegalArgumentException if gradients of u or v are wanted
   */
  public Tensor reweightedMean(Tensor c, Band u, Band v) {
    if (u.x().needsGradient() || v.x().needsGradient()) {
      throw new IllegalArgumentException(
          "a reweighted mean is differentiated by its scores alone, not by what it is the mean of");
    }
    Tensor y = Tensor.result(u.count() * v.count(), 1, c.needsGradient());
    return record(new ReweightedMean(c, u, v, y));
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
