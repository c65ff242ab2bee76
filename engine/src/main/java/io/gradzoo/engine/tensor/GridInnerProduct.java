package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * {@code y[q] = Σ_p a[p, q] ⊙ b[p, q]} (or the other way round) over a grid of rows [first ·
 * second]: the sum over one axis of a product that is never stored.
 */
final class GridInnerProduct extends Operation {
  private final GridAxis summed;
  private final Grid grid;

  GridInnerProduct(Kernels kernels, GridAxis summed, Grid grid, Tensor output, Tensor a, Tensor b) {
    super(kernels, output, a, b);
    this.summed = summed;
    this.grid = grid;
  }

  @Override
  boolean sets(int input) {
    return true;
  }

  @Override
  void forward(int models) {
    float[] a = inputs.get(0).values();
    float[] b = inputs.get(1).values();
    float[] y = output.values();
    Arrays.fill(y, 0, count(models), 0f);
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        int at = grid.slab(m, p);
        if (summed == GridAxis.FIRST) {
          kernels.addProduct(a, at, b, at, y, grid.alongSecond(m), grid.slab());
        } else {
          kernels.addColumnSumsOfProducts(
              grid.second(), grid.width(), a, at, b, at, y, grid.alongFirst(m, p));
        }
      }
    }
  }

  @Override
  void adjoint(int models) {
    carry(models, 0, inputs.get(1).values());
    carry(models, 1, inputs.get(0).values());
  }

  private void carry(int models, int input, float[] other) {
    if (!inputs.get(input).needsGradient()) {
      return;
    }
    float[] dx = inputs.get(input).gradients();
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        int at = grid.slab(m, p);
        if (summed == GridAxis.FIRST) {
          carryLine(grid.alongSecond(m), other, dx, at, fresh(input));
        } else {
          carryRow(grid.alongFirst(m, p), other, dx, at, fresh(input));
        }
      }
    }
  }

  private void carryLine(int line, float[] other, float[] dx, int at, boolean set) {
    float[] dy = output.gradients();
    if (set) {
      kernels.product(dy, line, other, at, dx, at, grid.slab());
    } else {
      kernels.addProduct(dy, line, other, at, dx, at, grid.slab());
    }
  }

  private void carryRow(int row, float[] other, float[] dx, int at, boolean set) {
    float[] dy = output.gradients();
    if (set) {
      kernels.productWithRow(grid.second(), grid.width(), other, at, dy, row, dx, at);
    } else {
      kernels.addProductWithRow(grid.second(), grid.width(), other, at, dy, row, dx, at);
    }
  }
}
