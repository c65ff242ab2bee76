package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** Consecutive rows of every model: {@code y[i] = x[from + i]}. */
final class RowSlice extends Operation {
  private final int from;

  RowSlice(Kernels kernels, int from, Tensor output, Tensor x) {
    super(kernels, output, x);
    this.from = from;
  }

  @Override
  void forward(int models) {
    int block = output.rows() * output.width();
    for (int m = 0; m < models; m++) {
      System.arraycopy(inputs.get(0).values(), start(m), output.values(), m * block, block);
    }
  }

  @Override
  void adjoint(int models) {
    int block = output.rows() * output.width();
    for (int m = 0; m < models; m++) {
      kernels.add(output.gradients(), m * block, inputs.get(0).gradients(), start(m), block);
    }
  }

  private int start(int model) {
    Tensor x = inputs.get(0);
    return (model * x.rows() + from) * x.width();
  }
}
