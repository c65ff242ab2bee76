package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Grid;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.GridInnerProduct;
import java.util.Arrays;

/** {@link GridInnerProduct}. */
final class CpuGridInnerProduct extends CpuRowOperation {
  private final GridAxis summed;
  private final Grid grid;

  CpuGridInnerProduct(GridInnerProduct of, CpuContext context) {
    super(of, context);
    this.summed = of.summed();
    this.grid = of.grid();
  }

  @Override
  boolean sets(int input) {
    return true;
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
  void forwardRows(int from, int rows) {
    Operand a = inputs.get(0);
    Operand b = inputs.get(1);
    float[] y = output.values();
    for (int row = from; row < from + rows; row += grid.second()) {
      int line = row / grid.second();
      int ao = a.valueAt(row);
      int bo = b.valueAt(row);
      if (summed == GridAxis.FIRST) {
        int yo = output.valueAt(grid.model(line) * grid.second());
        if (grid.begins(line)) {
          kernels.product(a.values(), ao, b.values(), bo, y, yo, grid.slab());
        } else {
          kernels.addProduct(a.values(), ao, b.values(), bo, y, yo, grid.slab());
        }
      } else {
        int yo = output.valueAt(line);
        Arrays.fill(y, yo, yo + grid.width(), 0f);
        kernels.addColumnSumsOfProducts(
            grid.second(), grid.width(), a.values(), ao, b.values(), bo, y, yo);
      }
    }
  }

  @Override
  void adjointRows(int from, int rows) {
    carry(0, inputs.get(1), from, rows);
    carry(1, inputs.get(0), from, rows);
  }

  private void carry(int to, Operand other, int from, int rows) {
    Operand x = inputs.get(to);
    if (!x.needsGradient()) {
      return;
    }
    for (int row = from; row < from + rows; row += grid.second()) {
      int line = row / grid.second();
      int at = other.valueAt(row);
      if (summed == GridAxis.FIRST) {
        int dyo = output.gradientAt(grid.model(line) * grid.second());
        carryLine(dyo, other.values(), at, x.gradients(), x.gradientAt(row), fresh(to));
      } else {
        int dyo = output.gradientAt(line);
        carryRow(dyo, other.values(), at, x.gradients(), x.gradientAt(row), fresh(to));
      }
    }
  }

  private void carryLine(int dyo, float[] other, int at, float[] dx, int dxo, boolean set) {
    float[] dy = output.gradients();
    if (set) {
      kernels.product(dy, dyo, other, at, dx, dxo, grid.slab());
    } else {
      kernels.addProduct(dy, dyo, other, at, dx, dxo, grid.slab());
    }
  }

  private void carryRow(int dyo, float[] other, int at, float[] dx, int dxo, boolean set) {
    float[] dy = output.gradients();
    if (set) {
      kernels.productWithRow(grid.second(), grid.width(), other, at, dy, dyo, dx, dxo);
    } else {
      kernels.addProductWithRow(grid.second(), grid.width(), other, at, dy, dyo, dx, dxo);
    }
  }
}
