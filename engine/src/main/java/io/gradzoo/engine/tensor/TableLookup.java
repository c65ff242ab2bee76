package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/**
 * Rows of a parameter table [types, width], one for each row of a model: the embedding itself, or
 * combined with x.
 */
final class TableLookup extends Operation {
  /** What becomes of the looked-up row t and the row x. */
  enum Combination {
    /** {@code y = t}. */
    ALONE,
    /** {@code y = x + t}. */
    SUM,
    /** {@code y = x ⊙ t}. */
    PRODUCT
  }

  private final Parameters parameters;
  private final Parameter table;
  private final int[] types;
  private final Combination combination;

  /**
   * @param types [rows], for each row of a model the row of the table
   */
  TableLookup(
      Kernels kernels,
      Parameters parameters,
      Parameter table,
      int[] types,
      Combination combination,
      Tensor output,
      Tensor... x) {
    super(kernels, output, x);
    this.parameters = parameters;
    this.table = table;
    this.types = types;
    this.combination = combination;
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
        if (combination == Combination.PRODUCT) {
          kernels.addProduct(dy, row, inputs.get(0).values(), row, dTable, at, width);
        } else {
          kernels.add(dy, row, dTable, at, width);
        }
        carry(dy, row, at, width);
      }
    }
  }

  private void carry(float[] dy, int row, int at, int width) {
    if (combination == Combination.ALONE || !inputs.get(0).needsGradient()) {
      return;
    }
    float[] dx = inputs.get(0).gradients();
    if (combination == Combination.SUM) {
      kernels.add(dy, row, dx, row, width);
    } else {
      kernels.addProduct(dy, row, parameters.values(), at, dx, row, width);
    }
  }
}
