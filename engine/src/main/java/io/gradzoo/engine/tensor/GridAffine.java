package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * {@code y[p, q] = M x[p, q] + u[p] + v[q] + w}, with a linear map M and perhaps the ReLU of it
 * all: a {@link GridSum} whose cells come straight from the map. Each line of the grid is finished
 * while it is in the cache, and so is its adjoint.
 */
final class GridAffine extends RowOperation {
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
  int line() {
    return sum.grid().second();
  }

  @Override
  boolean readsRows(int input) {
    return input == 0;
  }

  @Override
  void forwardRows(int from, int rows) {
    int second = sum.grid().second();
    map.refresh();
    for (int at = from; at < from + rows; at += second) {
      int line = at / second;
      Arrays.fill(row, 0f);
      map.addBias(row);
      sum.addRowTerms(line, row);
      sum.startLine(line, row);
      map.addRows(at, second, output);
      sum.rectify(line);
    }
  }

  @Override
  void adjointRows(int from, int rows) {
    int second = sum.grid().second();
    for (int at = from; at < from + rows; at += second) {
      sum.carryLine(at / second, row);
      map.carryBias(row);
      map.carryRows(at, second, output, fresh(0));
    }
  }
}
