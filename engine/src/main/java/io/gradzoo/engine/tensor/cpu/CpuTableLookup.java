package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.TableLookup;

/** {@link TableLookup}. */
final class CpuTableLookup extends CpuOperation {
  private final Parameters parameters;
  private final Parameter table;
  private final int[] types;
  private final TableLookup.Combination combination;

  CpuTableLookup(TableLookup of, CpuContext context) {
    super(of, context);
    this.parameters = context.parameters();
    this.table = of.table();
    this.types = of.types().stream().mapToInt(Integer::intValue).toArray();
    this.combination = of.combination();
  }

  @Override
  void forward(int models) {
    float[] tables = parameters.values();
    float[] y = output.values();
    int width = output.width();
    for (int m = 0, row = 0; m < models; m++) {
      for (int i = 0; i < types.length; i++, row += width) {
        int at = table.offset() + types[i] * width;
        switch (combination) {
          case ALONE -> System.arraycopy(tables, at, y, row, width);
          case SUM -> kernels.sum(inputs.get(0).values(), row, tables, at, y, row, width);
          case PRODUCT -> kernels.product(inputs.get(0).values(), row, tables, at, y, row, width);
        }
      }
    }
  }

  @Override
  void adjoint(int models) {
    float[] dy = output.gradients();
    float[] dTable = parameters.gradients();
    int width = output.width();
    for (int m = 0, row = 0; m < models; m++) {
      for (int i = 0; i < types.length; i++, row += width) {
        int at = table.offset() + types[i] * width;
        if (combination == TableLookup.Combination.PRODUCT) {
          kernels.addProduct(dy, row, inputs.get(0).values(), row, dTable, at, width);
        } else {
          kernels.add(dy, row, dTable, at, width);
        }
        carry(dy, row, at, width);
      }
    }
  }

  private void carry(float[] dy, int row, int at, int width) {
    if (combination == TableLookup.Combination.ALONE || !inputs.get(0).needsGradient()) {
      return;
    }
    float[] dx = inputs.get(0).gradients();
    if (combination == TableLookup.Combination.SUM) {
      kernels.add(dy, row, dx, row, width);
    } else {
      kernels.addProduct(dy, row, parameters.values(), at, dx, row, width);
    }
  }
}
