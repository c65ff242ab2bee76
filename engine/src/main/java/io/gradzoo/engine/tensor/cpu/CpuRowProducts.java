package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.RowProducts;

/** {@link RowProducts}. */
final class CpuRowProducts extends CpuOperation {
  private final int groups;
  private final int left;
  private final int right;
  private final int width;
  private final float[] columns;

  CpuRowProducts(RowProducts of, CpuContext context) {
    super(of, context);
    this.groups = of.groups();
    this.left = of.left();
    this.right = of.right();
    this.width = of.a().width();
    this.columns = new float[right * width];
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    float[] a = inputs.get(0).values();
    float[] b = inputs.get(1).values();
    float[] y = output.values();
    for (int g = 0; g < models * groups; g++) {
      kernels.transpose(right, width, b, g * right * width, width, columns, 0, right);
      kernels.multiply(
          left,
          right,
          width,
          a,
          g * left * width,
          width,
          columns,
          0,
          right,
          y,
          g * left * right,
          right);
    }
  }

  /** dA += dY B and dB += dYᵀ A. */
  @Override
  void adjoint(int models) {
    Operand a = inputs.get(0);
    Operand b = inputs.get(1);
    float[] dy = output.gradients();
    for (int g = 0; g < models * groups; g++) {
      int ao = g * left * width;
      int bo = g * right * width;
      int yo = g * left * right;
      if (a.needsGradient()) {
        kernels.multiplyAdd(
            left, width, right, dy, yo, right, b.values(), bo, width, a.gradients(), ao, width);
      }
      if (b.needsGradient()) {
        kernels.transposedMultiplyAdd(
            right, width, left, dy, yo, right, a.values(), ao, width, b.gradients(), bo, width);
      }
    }
  }
}
