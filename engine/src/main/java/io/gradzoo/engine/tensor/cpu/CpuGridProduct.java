package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Grid;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.GridProduct;

/** {@link GridProduct}. */
final class CpuGridProduct extends CpuRowOperation {
  private final GridAxis axis;
  private final Grid grid;

  CpuGridProduct(GridProduct of, CpuContext context) {
    super(of, context);
    this.axis = of.axis();
    this.grid = of.grid();
  }

  @Override
  boolean sets(int input) {
    return input == 0;
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
    return input == 0;
  }

  @Override
  void forwardRows(int from, int rows) {
    Operand x = inputs.get(0);
    Operand v = inputs.get(1);
    float[] y = output.values();
    int second = grid.second();
    int end = (from + rows) / second;
    int lines;
    for (int line = from / second; line < end; line += lines) {
      lines = linesTogether(line, end);
      int xo = x.valueAt(line * second);
      int yo = output.valueAt(line * second);
      if (axis == GridAxis.FIRST) {
        int vo = v.valueAt(line);
        kernels.productWithRow(second, grid.width(), x.values(), xo, v.values(), vo, y, yo);
      } else {
        int vo = v.valueAt(grid.model(line) * second);
        kernels.productWithRow(lines, grid.slab(), x.values(), xo, v.values(), vo, y, yo);
      }
    }
  }

  /** Along the second axis all lines of a model meet the same rows: a row as long as a line. */
  private int linesTogether(int line, int end) {
    return axis == GridAxis.FIRST ? 1 : grid.linesOfModel(line, end - line);
  }

  @Override
  void adjointRows(int from, int rows) {
    int second = grid.second();
    int end = (from + rows) / second;
    int lines;
    for (int line = from / second; line < end; line += lines) {
      lines = linesTogether(line, end);
      if (axis == GridAxis.FIRST) {
        alongFirst(line * second, line);
      } else {
        alongSecond(line * second, lines, grid.model(line) * second);
      }
    }
  }

  private void alongFirst(int row, int line) {
    Operand x = inputs.get(0);
    Operand v = inputs.get(1);
    float[] dy = output.gradients();
    int dyo = output.gradientAt(row);
    float[] dx = x.gradients();
    int second = grid.second();
    int width = grid.width();
    int vo = v.valueAt(line);
    if (fresh(0)) {
      kernels.productWithRow(second, width, dy, dyo, v.values(), vo, dx, x.gradientAt(row));
    } else if (x.needsGradient()) {
      kernels.addProductWithRow(second, width, dy, dyo, v.values(), vo, dx, x.gradientAt(row));
    }
    if (v.needsGradient()) {
      kernels.addColumnSumsOfProducts(
          second, width, dy, dyo, x.values(), x.valueAt(row), v.gradients(), v.gradientAt(line));
    }
  }

  private void alongSecond(int row, int lines, int others) {
    Operand x = inputs.get(0);
    Operand v = inputs.get(1);
    float[] dy = output.gradients();
    int dyo = output.gradientAt(row);
    float[] dx = x.gradients();
    int slab = grid.slab();
    int vo = v.valueAt(others);
    if (fresh(0)) {
      kernels.productWithRow(lines, slab, dy, dyo, v.values(), vo, dx, x.gradientAt(row));
    } else if (x.needsGradient()) {
      kernels.addProductWithRow(lines, slab, dy, dyo, v.values(), vo, dx, x.gradientAt(row));
    }
    if (v.needsGradient()) {
      int dvo = v.gradientAt(others);
      int xo = x.valueAt(row);
      kernels.addColumnSumsOfProducts(lines, slab, dy, dyo, x.values(), xo, v.gradients(), dvo);
    }
  }
}
