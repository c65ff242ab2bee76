package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/**
 * {@code y[q] = factor · Σ_p x[p, q]} (or the other way round) over a grid of rows [first ·
 * second].
 */
final class GridReduce extends Operation {
  private final GridAxis summed;
  private final int first;
  private final int second;
  private final float factor;

  GridReduce(Kernels kernels, GridAxis summed, int first, float factor, Tensor output, Tensor x) {
    super(kernels, output, x);
    this.summed = summed;
    this.first = first;
    this.second = x.rows() / first;
    this.factor = factor;
  }

  @Override
  void forward(int models) {
    float[] x = inputs.get(0).values();
    float[] y = output.values();
    int width = output.width();
    java.util.Arrays.fill(y, 0, count(models), 0f);
    int row = 0;
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < first; p++) {
        for (int q = 0; q < second; q++) {
          kernels.add(x, row, y, kept(m, p, q) * width, width);
          row += width;
        }
      }
    }
    if (factor != 1f) {
      kernels.scale(factor, y, 0, y, 0, count(models));
    }
  }

  @Override
  void adjoint(int models) {
    float[] dx = inputs.get(0).gradients();
    float[] dy = output.gradients();
    int width = output.width();
    int row = 0;
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < first; p++) {
        for (int q = 0; q < second; q++) {
          kernels.addScaled(factor, dy, kept(m, p, q) * width, dx, row, width);
          row += width;
        }
      }
    }
  }

  private int kept(int model, int p, int q) {
    return summed == GridAxis.FIRST ? model * second + q : model * first + p;
  }
}
