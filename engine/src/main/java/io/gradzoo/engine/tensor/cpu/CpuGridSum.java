package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Grid;
import io.gradzoo.engine.tensor.GridSum;
import java.util.Arrays;

/** {@link GridSum}. */
final class CpuGridSum extends CpuRowOperation {
  private final Grid grid;
  private final boolean rectified;
  private final Operand cells;
  private final Operand alongFirst;
  private final Operand alongSecond;
  private final Operand everywhere;
  private final float[] row;

  CpuGridSum(GridSum of, CpuContext context) {
    super(of, context);
    this.grid = of.grid();
    this.rectified = of.rectified();
    this.cells = context.operandOrNull(of.cells());
    this.alongFirst = context.operandOrNull(of.alongFirst());
    this.alongSecond = context.operandOrNull(of.alongSecond());
    this.everywhere = context.operandOrNull(of.everywhere());
    this.row = new float[output.width()];
  }

  Grid grid() {
    return grid;
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
  boolean cheap() {
    return true;
  }

  @Override
  int line() {
    return grid.second();
  }

  @Override
  boolean readsRows(int input) {
    return input == 0 && cells != null;
  }

  @Override
  void forwardRows(int from, int rows) {
    for (int at = from; at < from + rows; at += grid.second()) {
      int line = at / grid.second();
      Arrays.fill(row, 0f);
      addRowTerms(line, row);
      if (cells == null) {
        startLine(line, row);
      } else {
        addToCells(line, at);
      }
      rectify(line);
    }
  }

  private void addToCells(int line, int at) {
    float[] y = output.values();
    int yo = output.valueAt(at);
    float[] x = cells.values();
    int xo = cells.valueAt(at);
    int second = grid.second();
    if (alongSecond == null) {
      kernels.sumWithRow(second, grid.width(), x, xo, row, 0, y, yo);
      return;
    }
    int vo = alongSecond.valueAt(grid.model(line) * second);
    kernels.sum(x, xo, alongSecond.values(), vo, y, yo, grid.slab());
    if (alongFirst != null || everywhere != null) {
      kernels.sumWithRow(second, grid.width(), y, yo, row, 0, y, yo);
    }
  }

  /** Adds to a row what all rows of a line have in common. */
  void addRowTerms(int line, float[] sum) {
    if (alongFirst != null) {
      kernels.add(alongFirst.values(), alongFirst.valueAt(line), sum, 0, grid.width());
    }
    if (everywhere != null) {
      kernels.add(everywhere.values(), grid.model(line) * grid.width(), sum, 0, grid.width());
    }
  }

  /** Sets a line to all terms but the cells. */
  void startLine(int line, float[] rowTerms) {
    float[] y = output.values();
    int width = grid.width();
    int second = grid.second();
    int yo = output.valueAt(line * second);
    if (alongSecond == null) {
      for (int at = yo; at < yo + grid.slab(); at += width) {
        System.arraycopy(rowTerms, 0, y, at, width);
      }
      return;
    }
    int vo = alongSecond.valueAt(grid.model(line) * second);
    kernels.sumWithRow(second, width, alongSecond.values(), vo, rowTerms, 0, y, yo);
  }

  /** The ReLU of a line, if it is wanted. */
  void rectify(int line) {
    if (rectified) {
      int yo = output.valueAt(line * grid.second());
      kernels.relu(output.values(), yo, output.values(), yo, grid.slab());
    }
  }

  @Override
  void adjointRows(int from, int rows) {
    for (int at = from; at < from + rows; at += grid.second()) {
      carryLine(at / grid.second(), row);
    }
    if (wanted(cells)) {
      carryCells(from, rows);
    }
  }

  private void carryCells(int from, int rows) {
    float[] dy = output.gradients();
    int dyo = output.gradientAt(from);
    int n = rows * grid.width();
    if (!fresh(0)) {
      kernels.add(dy, dyo, cells.gradients(), cells.gradientAt(from), n);
    } else if (cells.gradients() != dy) {
      System.arraycopy(dy, dyo, cells.gradients(), cells.gradientAt(from), n);
    }
  }

  /**
   * The adjoint of a line by all terms but the cells. The output's gradient becomes that of the sum
   * before the ReLU.
   *
   * @param rowSum output, [width]: the sum of that over the line
   */
  void carryLine(int line, float[] rowSum) {
    float[] dy = output.gradients();
    int second = grid.second();
    int at = output.gradientAt(line * second);
    if (rectified) {
      int yo = output.valueAt(line * second);
      kernels.gateByRelu(output.values(), yo, dy, at, dy, at, grid.slab());
    }
    if (wanted(alongSecond)) {
      int dvo = alongSecond.gradientAt(grid.model(line) * second);
      kernels.add(dy, at, alongSecond.gradients(), dvo, grid.slab());
    }
    Arrays.fill(rowSum, 0f);
    kernels.addColumnSums(second, grid.width(), dy, at, rowSum, 0);
    if (wanted(alongFirst)) {
      kernels.add(rowSum, 0, alongFirst.gradients(), alongFirst.gradientAt(line), grid.width());
    }
    if (wanted(everywhere)) {
      int dwo = grid.model(line) * grid.width();
      kernels.add(rowSum, 0, everywhere.gradients(), dwo, grid.width());
    }
  }

  private static boolean wanted(Operand term) {
    return term != null && term.needsGradient();
  }
}
