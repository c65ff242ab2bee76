package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** {@code y[q, p] = x[p, q]} for the rows of a grid. */
final class GridTranspose extends Operation {
  private final Grid grid;

  GridTranspose(Kernels kernels, int first, Tensor output, Tensor x) {
    super(kernels, output, x);
    this.grid = new Grid(first, x.rows() / first, x.width());
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    float[] x = inputs.get(0).values();
    for (int row = 0; row < models * output.rows(); row++) {
      int width = grid.width();
      System.arraycopy(x, row * width, output.values(), transposed(row) * width, width);
    }
  }

  @Override
  void adjoint(int models) {
    float[] dx = inputs.get(0).gradients();
    for (int row = 0; row < models * output.rows(); row++) {
      int width = grid.width();
      kernels.add(output.gradients(), transposed(row) * width, dx, row * width, width);
    }
  }

  /** Where a row of x lies in y; rows are counted over all models. */
  private int transposed(int row) {
    int rows = output.rows();
    int inModel = row % rows;
    int p = inModel / grid.second();
    int q = inModel % grid.second();
    return row - inModel + q * grid.first() + p;
  }
}
