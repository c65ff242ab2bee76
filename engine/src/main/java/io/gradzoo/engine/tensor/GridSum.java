package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * {@code y[p, q] = x[p, q] + u[p] + v[q] + w}, each term optional, but one of x and v, and perhaps
 * the ReLU of that: the outer sum of node features over edges, and the exchangeable layer of
 * GradMetaNet over (set element, neuron).
 */
final class GridSum extends Operation {
  /** What becomes of the sum. */
  enum Shape {
    LINEAR,
    RECTIFIED
  }

  private final Grid grid;
  private final Shape shape;
  private final Tensor cells;
  private final Tensor alongFirst;
  private final Tensor alongSecond;
  private final Tensor everywhere;
  private final float[] row;

  /** Absent terms are null. */
  GridSum(
      Kernels kernels,
      Grid grid,
      Shape shape,
      Tensor output,
      Tensor cells,
      Tensor alongFirst,
      Tensor alongSecond,
      Tensor everywhere) {
    super(kernels, output, present(cells, alongFirst, alongSecond, everywhere));
    this.grid = grid;
    this.shape = shape;
    this.cells = cells;
    this.alongFirst = alongFirst;
    this.alongSecond = alongSecond;
    this.everywhere = everywhere;
    this.row = new float[output.width()];
  }

  /** The ReLU of this sum. */
  GridSum rectified(Tensor result) {
    return new GridSum(
        kernels, grid, Shape.RECTIFIED, result, cells, alongFirst, alongSecond, everywhere);
  }

  Grid grid() {
    return grid;
  }

  /** The term that differs in every row, or null. */
  Tensor cells() {
    return cells;
  }

  /** The inputs, with others in place of the cells. */
  Tensor[] inputsWithCells(Tensor others) {
    return present(others, alongFirst, alongSecond, everywhere);
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
    float[] y = output.values();
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        int at = grid.slab(m, p);
        Arrays.fill(row, 0f);
        addRowTerms(m, p, row);
        if (cells == null) {
          startLine(m, row, at);
        } else if (alongSecond == null) {
          kernels.sumWithRow(grid.second(), grid.width(), cells.values(), at, row, 0, y, at);
        } else {
          int line = grid.alongSecond(m);
          kernels.sum(cells.values(), at, alongSecond.values(), line, y, at, grid.slab());
          kernels.sumWithRow(grid.second(), grid.width(), y, at, row, 0, y, at);
        }
        rectify(at);
      }
    }
  }

  /** Adds to a row what all rows of line p have in common. */
  void addRowTerms(int m, int p, float[] sum) {
    if (alongFirst != null) {
      kernels.add(alongFirst.values(), grid.alongFirst(m, p), sum, 0, grid.width());
    }
    if (everywhere != null) {
      kernels.add(everywhere.values(), m * grid.width(), sum, 0, grid.width());
    }
  }

  /** Sets a line to all terms but the cells. */
  void startLine(int m, float[] rowTerms, int at) {
    float[] y = output.values();
    int width = grid.width();
    if (alongSecond == null) {
      for (int q = 0; q < grid.second(); q++) {
        System.arraycopy(rowTerms, 0, y, at + q * width, width);
      }
      return;
    }
    int line = grid.alongSecond(m);
    kernels.sumWithRow(grid.second(), width, alongSecond.values(), line, rowTerms, 0, y, at);
  }

  /** The ReLU of a line, if it is wanted. */
  void rectify(int at) {
    if (shape == Shape.RECTIFIED) {
      kernels.relu(output.values(), at, output.values(), at, grid.slab());
    }
  }

  @Override
  void adjoint(int models) {
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        carryLine(m, p, row);
      }
    }
    if (wanted(cells)) {
      carryCells(models);
    }
  }

  private void carryCells(int models) {
    float[] dy = output.gradients();
    if (!fresh(0)) {
      kernels.add(dy, 0, cells.gradients(), 0, count(models));
    } else if (cells.gradients() != dy) {
      System.arraycopy(dy, 0, cells.gradients(), 0, count(models));
    }
  }

  /**
   * The adjoint of a line by all terms but the cells. The output's gradient becomes that of the sum
   * before the ReLU.
   *
   * @param rowSum output, [width]: the sum of that over the line
   */
  void carryLine(int m, int p, float[] rowSum) {
    float[] dy = output.gradients();
    int at = grid.slab(m, p);
    if (shape == Shape.RECTIFIED) {
      kernels.gateByRelu(output.values(), at, dy, at, dy, at, grid.slab());
    }
    if (wanted(alongSecond)) {
      kernels.add(dy, at, alongSecond.gradients(), grid.alongSecond(m), grid.slab());
    }
    Arrays.fill(rowSum, 0f);
    kernels.addColumnSums(grid.second(), grid.width(), dy, at, rowSum, 0);
    if (wanted(alongFirst)) {
      kernels.add(rowSum, 0, alongFirst.gradients(), grid.alongFirst(m, p), grid.width());
    }
    if (wanted(everywhere)) {
      kernels.add(rowSum, 0, everywhere.gradients(), m * grid.width(), grid.width());
    }
  }

  private static boolean wanted(Tensor term) {
    return term != null && term.needsGradient();
  }

  private static Tensor[] present(Tensor... terms) {
    return Arrays.stream(terms).filter(term -> term != null).toArray(Tensor[]::new);
  }
}
