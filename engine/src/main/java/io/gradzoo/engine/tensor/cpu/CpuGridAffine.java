package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.GridAffine;
import java.util.Arrays;

/**
 * {@link GridAffine}: each line of the grid is finished while it is in the cache, and so is its
 * adjoint.
 */
final class CpuGridAffine extends CpuRowOperation {
  private final CpuLinear map;
  private final CpuGridSum sum;
  private final float[] row;

  CpuGridAffine(GridAffine of, CpuContext context) {
    super(of, context);
    this.map = new CpuLinear(of.map(), context);
    this.sum = new CpuGridSum(of.sum(), context);
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
