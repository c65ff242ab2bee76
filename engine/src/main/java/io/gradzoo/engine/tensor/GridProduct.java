package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/**
 * {@code y[p, q] = x[p, q] ⊙ v[p]} or {@code x[p, q] ⊙ v[q]} on a grid of rows [first · second]: an
 * edge feature times that of its source or of its target node.
 */
final class GridProduct extends Operation {
  private final GridAxis axis;
  private final int first;
  private final int second;

  /** The grid has as many lines along {@code axis} as {@code v} has rows. */
  GridProduct(Kernels kernels, GridAxis axis, Tensor output, Tensor x, Tensor v) {
    super(kernels, output, x, v);
    this.axis = axis;
    this.first = axis == GridAxis.FIRST ? v.rows() : x.rows() / v.rows();
    this.second = x.rows() / first;
  }

  @Override
  void forward(int models) {
    float[] x = inputs.get(0).values();
    float[] v = inputs.get(1).values();
    int width = output.width();
    int row = 0;
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < first; p++) {
        for (int q = 0; q < second; q++) {
          kernels.product(x, row, v, line(m, p, q) * width, output.values(), row, width);
          row += width;
        }
      }
    }
  }

  @Override
  void adjoint(int models) {
    Tensor x = inputs.get(0);
    Tensor v = inputs.get(1);
    float[] dy = output.gradients();
    int width = output.width();
    int row = 0;
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < first; p++) {
        for (int q = 0; q < second; q++) {
          int at = line(m, p, q) * width;
          if (x.needsGradient()) {
            kernels.addProduct(dy, row, v.values(), at, x.gradients(), row, width);
          }
          if (v.needsGradient()) {
            kernels.addProduct(dy, row, x.values(), row, v.gradients(), at, width);
          }
          row += width;
        }
      }
    }
  }

  private int line(int model, int p, int q) {
    return axis == GridAxis.FIRST ? model * first + p : model * second + q;
  }
}
