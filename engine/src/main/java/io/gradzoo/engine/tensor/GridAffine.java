package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * {@code y[p, q] = M x[p, q] + u[p] + v[q] + w}, with a linear map M and perhaps the ReLU of it
 * all: a {@link GridSum} whose cells come straight from the map. Each line of the grid is finished
 * while it is in the cache, and so is its adjoint.
 */
final class GridAffine extends Operation {
  private final Linear map;
  private final GridSum sum;
  private final float[] row;

  /**
   * @param map gives the cells of the sum, and nothing else reads them
   */
  GridAffine(Kernels kernels, Linear map, GridSum sum) {
    super(kernels, sum.output, sum.inputsWithCells(map.inputs.get(0)));
    this.map = map;
    this.sum = sum;
    this.row = new float[output.width()];
  }

  @Override
  boolean sets(int input) {
    return input == 0;
  }

  @Override
  void forward(int models) {
    Grid grid = sum.grid();
    float[] y = output.values();
    map.refresh();
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        int at = grid.slab(m, p);
        Arrays.fill(row, 0f);
        map.addBias(row);
        sum.addRowTerms(m, p, row);
        sum.startLine(m, row, at);
        map.addRows(at / grid.width(), grid.second(), y);
        sum.rectify(at);
      }
    }
  }

  @Override
  void adjoint(int models) {
    Grid grid = sum.grid();
    float[] dy = output.gradients();
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < grid.first(); p++) {
        int at = grid.slab(m, p);
        sum.carryLine(m, p, row);
        map.carryBias(row);
        map.carryRows(at / grid.width(), grid.second(), dy, fresh(0));
      }
    }
  }
}
