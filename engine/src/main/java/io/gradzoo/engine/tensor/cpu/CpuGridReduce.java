package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Grid;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.GridReduce;
import java.util.Arrays;

/** {@link GridReduce}. */
final class CpuGridReduce extends CpuRowOperation {
  private final GridAxis summed;
  private final Grid grid;
  private final float factor;
  private final float[] row;

  CpuGridReduce(GridReduce of, CpuContext context) {
    super(of, context);
    this.summed = of.summed();
    this.grid = of.grid();
    this.factor = of.factor();
    this.row = new float[output.width()];
  }

  @Override
  int height() {
    return grid.rows();
  }

  @Override
  int line() {
    return grid.second();
  }

  @Override
  boolean writesRows() {
    return false;
  }

  @Override
  boolean sets(int input) {
    return true;
  }

  @Override
  void forwardRows(int from, int rows) {
    for (int row = from; row < from + rows; row += grid.second()) {
      int line = row / grid.second();
      int xo = inputs.get(0).valueAt(row);
      if (summed == GridAxis.FIRST) {
        addLine(line, xo);
      } else {
        sumLine(line, xo);
      }
    }
  }

  /** Adds a line to the sum of its model, which is complete with the last one. */
  private void addLine(int line, int xo) {
    float[] x = inputs.get(0).values();
    float[] y = output.values();
    int yo = output.valueAt(grid.model(line) * grid.second());
    if (grid.begins(line)) {
      System.arraycopy(x, xo, y, yo, grid.slab());
    } else {
      kernels.add(x, xo, y, yo, grid.slab());
    }
    if (factor != 1f && grid.begins(line + 1)) {
      kernels.scale(factor, y, yo, y, yo, grid.slab());
    }
  }

  private void sumLine(int line, int xo) {
    float[] y = output.values();
    int yo = output.valueAt(line);
    int width = grid.width();
    Arrays.fill(y, yo, yo + width, 0f);
    kernels.addColumnSums(grid.second(), width, inputs.get(0).values(), xo, y, yo);
    if (factor != 1f) {
      kernels.scale(factor, y, yo, y, yo, width);
    }
  }

  @Override
  void adjointRows(int from, int rows) {
    for (int row = from; row < from + rows; row += grid.second()) {
      int line = row / grid.second();
      int dxo = inputs.get(0).gradientAt(row);
      if (summed == GridAxis.FIRST) {
        carryLine(output.gradientAt(grid.model(line) * grid.second()), dxo);
      } else {
        carryRow(output.gradientAt(line), dxo);
      }
    }
  }

  private void carryLine(int dyo, int dxo) {
    float[] dx = inputs.get(0).gradients();
    if (fresh(0)) {
      kernels.scale(factor, output.gradients(), dyo, dx, dxo, grid.slab());
    } else {
      kernels.addScaled(factor, output.gradients(), dyo, dx, dxo, grid.slab());
    }
  }

  private void carryRow(int dyo, int dxo) {
    float[] dx = inputs.get(0).gradients();
    int width = grid.width();
    kernels.scale(factor, output.gradients(), dyo, row, 0, width);
    if (fresh(0)) {
      for (int at = dxo; at < dxo + grid.slab(); at += width) {
        System.arraycopy(row, 0, dx, at, width);
      }
    } else {
      kernels.sumWithRow(grid.second(), width, dx, dxo, row, 0, dx, dxo);
    }
  }
}
