package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * {@code y[q] = factor · Σ_p x[p, q]} (or the other way round) over a grid of rows [first ·
 * second].
 */
final class GridReduce extends Operation {
  private final GridAxis summed;
  private final Grid grid;
  private final float factor;
  private final float[] row;

  GridReduce(Kernels kernels, GridAxis summed, int first, float factor, Tensor output, Tensor x) {
    super(kernels, output, x);
    this.summed = summed;
    this.grid = new Grid(first, x.rows() / first, x.width());
    this.factor = factor;
    this.row = new float[x.width()];
  }

  GridAxis summed() {
    return summed;
  }

  Grid grid() {
    return grid;
  }

  float factor() {
    return factor;
  }

  @Override
  void forward(int models) {
    float[] x = inputs.get(0).values();
    float[] y = output.values();
    Arrays.fill(y, 0, count(models), 0f);
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        int at = grid.slab(m, p);
        if (summed == GridAxis.FIRST) {
          kernels.add(x, at, y, grid.alongSecond(m), grid.slab());
        } else {
          kernels.addColumnSums(grid.second(), grid.width(), x, at, y, grid.alongFirst(m, p));
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
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        int at = grid.slab(m, p);
        if (summed == GridAxis.FIRST) {
          kernels.addScaled(factor, dy, grid.alongSecond(m), dx, at, grid.slab());
        } else {
          kernels.scale(factor, dy, grid.alongFirst(m, p), row, 0, grid.width());
          kernels.sumWithRow(grid.second(), grid.width(), dx, at, row, 0, dx, at);
        }
      }
    }
  }
}
