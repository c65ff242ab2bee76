package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * {@code y[p, q] = x[p, q] + u[p] + v[q] + w}, each term optional, but one of x and v, and perhaps
 * the ReLU of that: the outer sum of node features over edges, and the exchangeable layer of
 * GradMetaNet over (set element, neuron).
 */
final class GridSum extends Operation {
  private final Tensor cells;
  private final Tensor alongFirst;
  private final Tensor alongSecond;
  private final Tensor everywhere;
  private final Grid grid;
  private final Shape shape;
  private final float[] row;

  /** What becomes of the sum. */
  enum Shape {
    LINEAR,
    RECTIFIED
  }

  /** Absent terms are null. */
  GridSum(
      Kernels kernels,
      int first,
      int second,
      Tensor output,
      Tensor cells,
      Tensor alongFirst,
      Tensor alongSecond,
      Tensor everywhere) {
    this(
        kernels,
        new Grid(first, second, output.width()),
        Shape.LINEAR,
        output,
        cells,
        alongFirst,
        alongSecond,
        everywhere);
  }

  private GridSum(
      Kernels kernels,
      Grid grid,
      Shape shape,
      Tensor output,
      Tensor cells,
      Tensor alongFirst,
      Tensor alongSecond,
      Tensor everywhere) {
    super(kernels, output, present(cells, alongFirst, alongSecond, everywhere));
    this.cells = cells;
    this.alongFirst = alongFirst;
    this.alongSecond = alongSecond;
    this.everywhere = everywhere;
    this.grid = grid;
    this.shape = shape;
    this.row = new float[output.width()];
  }

  /** The ReLU of this sum. */
  GridSum rectified(Tensor result) {
    return new GridSum(
        kernels, grid, Shape.RECTIFIED, result, cells, alongFirst, alongSecond, everywhere);
  }

  @Override
  boolean forwardInPlace() {
    return cells != null;
  }

  @Override
  boolean sets(int input) {
    return input == 0 && cells != null;
  }

  @Override
  boolean inPlace() {
    return cells != null;
  }

  @Override
  void forward(int models) {
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        addLines(m, p);
        if (shape == Shape.RECTIFIED) {
          int at = grid.slab(m, p);
          kernels.relu(output.values(), at, output.values(), at, grid.slab());
        }
      }
    }
  }

  /** One line of the grid: what differs from row to row, then what does not. */
  private void addLines(int m, int p) {
    float[] y = output.values();
    int at = grid.slab(m, p);
    float[] varying;
    int from;
    if (cells == null) {
      varying = alongSecond.values();
      from = grid.alongSecond(m);
    } else if (alongSecond == null) {
      varying = cells.values();
      from = at;
    } else {
      kernels.sum(
          cells.values(), at, alongSecond.values(), grid.alongSecond(m), y, at, grid.slab());
      varying = y;
      from = at;
    }
    if (alongFirst == null && everywhere == null) {
      if (varying != y) {
        System.arraycopy(varying, from, y, at, grid.slab());
      }
      return;
    }
    Arrays.fill(row, 0f);
    addToRow(alongFirst, grid.alongFirst(m, p));
    addToRow(everywhere, m * grid.width());
    kernels.sumWithRow(grid.second(), grid.width(), varying, from, row, 0, y, at);
  }

  private void addToRow(Tensor term, int at) {
    if (term != null) {
      kernels.add(term.values(), at, row, 0, grid.width());
    }
  }

  @Override
  void adjoint(int models) {
    float[] dy = output.gradients();
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        int at = grid.slab(m, p);
        if (shape == Shape.RECTIFIED) {
          kernels.gateByRelu(output.values(), at, dy, at, dy, at, grid.slab());
        }
        if (wanted(alongSecond)) {
          kernels.add(dy, at, alongSecond.gradients(), grid.alongSecond(m), grid.slab());
        }
        if (wanted(alongFirst) || wanted(everywhere)) {
          Arrays.fill(row, 0f);
          kernels.addColumnSums(grid.second(), grid.width(), dy, at, row, 0);
          addFromRow(alongFirst, grid.alongFirst(m, p));
          addFromRow(everywhere, m * grid.width());
        }
      }
    }
    carryCells(models);
  }

  private void carryCells(int models) {
    if (!wanted(cells)) {
      return;
    }
    float[] dy = output.gradients();
    if (!fresh(0)) {
      kernels.add(dy, 0, cells.gradients(), 0, count(models));
    } else if (cells.gradients() != dy) {
      System.arraycopy(dy, 0, cells.gradients(), 0, count(models));
    }
  }

  private void addFromRow(Tensor term, int at) {
    if (wanted(term)) {
      kernels.add(row, 0, term.gradients(), at, grid.width());
    }
  }

  private static boolean wanted(Tensor term) {
    return term != null && term.needsGradient();
  }

  private static Tensor[] present(Tensor... terms) {
    return Arrays.stream(terms).filter(term -> term != null).toArray(Tensor[]::new);
  }
}
