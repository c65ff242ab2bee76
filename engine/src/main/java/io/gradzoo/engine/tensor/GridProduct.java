package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/**
 * {@code y[p, q] = x[p, q] ⊙ v[p]} or {@code x[p, q] ⊙ v[q]} on a grid of rows [first · second]: an
 * edge feature times that of its source or of its target node.
 */
final class GridProduct extends Operation {
  private final GridAxis axis;
  private final Grid grid;

  /** The grid has as many lines along {@code axis} as {@code v} has rows. */
  GridProduct(Kernels kernels, GridAxis axis, Tensor output, Tensor x, Tensor v) {
    super(kernels, output, x, v);
    this.axis = axis;
    int first = axis == GridAxis.FIRST ? v.rows() : x.rows() / v.rows();
    this.grid = new Grid(first, x.rows() / first, x.width());
  }

  @Override
  boolean sets(int input) {
    return input == 0;
  }

  @Override
  void forward(int models) {
    float[] x = inputs.get(0).values();
    float[] v = inputs.get(1).values();
    float[] y = output.values();
    int width = grid.width();
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        int at = grid.slab(m, p);
        if (axis == GridAxis.FIRST) {
          kernels.productWithRow(grid.second(), width, x, at, v, grid.alongFirst(m, p), y, at);
        } else {
          kernels.product(x, at, v, grid.alongSecond(m), y, at, grid.slab());
        }
      }
    }
  }

  @Override
  void adjoint(int models) {
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        if (axis == GridAxis.FIRST) {
          alongFirst(grid.slab(m, p), grid.alongFirst(m, p));
        } else {
          alongSecond(grid.slab(m, p), grid.alongSecond(m));
        }
      }
    }
  }

  private void alongFirst(int at, int line) {
    Tensor x = inputs.get(0);
    Tensor v = inputs.get(1);
    float[] dy = output.gradients();
    int rows = grid.second();
    int width = grid.width();
    if (fresh(0)) {
      kernels.productWithRow(rows, width, dy, at, v.values(), line, x.gradients(), at);
    } else if (x.needsGradient()) {
      kernels.addProductWithRow(rows, width, dy, at, v.values(), line, x.gradients(), at);
    }
    if (v.needsGradient()) {
      kernels.addColumnSumsOfProducts(rows, width, dy, at, x.values(), at, v.gradients(), line);
    }
  }

  private void alongSecond(int at, int lines) {
    Tensor x = inputs.get(0);
    Tensor v = inputs.get(1);
    float[] dy = output.gradients();
    if (fresh(0)) {
      kernels.product(dy, at, v.values(), lines, x.gradients(), at, grid.slab());
    } else if (x.needsGradient()) {
      kernels.addProduct(dy, at, v.values(), lines, x.gradients(), at, grid.slab());
    }
    if (v.needsGradient()) {
      kernels.addProduct(dy, at, x.values(), at, v.gradients(), lines, grid.slab());
    }
  }
}
