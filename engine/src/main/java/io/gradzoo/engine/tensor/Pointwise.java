package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** A function applied to every number. */
final class Pointwise extends RowOperation {
  /** Which function. */
  enum Function {
    /** {@code x · σ(x)}. */
    SILU,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code |x|}. */
    ABS
  }

  private final Function function;

  Pointwise(Kernels kernels, Function function, Tensor output, Tensor x) {
    super(kernels, output, x);
    this.function = function;
  }

  Function function() {
    return function;
  }

  @Override
  void forwardRows(int from, int rows) {
    float[] x = inputs.get(0).values();
    int xo = inputs.get(0).valueAt(from);
    float[] y = output.values();
    int yo = output.valueAt(from);
    int n = rows * output.width();
    switch (function) {
      case SILU -> kernels.silu(x, xo, y, yo, n);
      case RELU -> kernels.relu(x, xo, y, yo, n);
      case ABS -> kernels.abs(x, xo, y, yo, n);
    }
  }

  @Override
  void adjointRows(int from, int rows) {
    Tensor x = inputs.get(0);
    float[] v = x.values();
    int vo = x.valueAt(from);
    float[] dy = output.gradients();
    int dyo = output.gradientAt(from);
    float[] dx = x.gradients();
    int dxo = x.gradientAt(from);
    int n = rows * output.width();
    switch (function) {
      case SILU -> kernels.siluAdjoint(v, vo, dy, dyo, dx, dxo, n);
      case RELU -> kernels.reluAdjoint(output.values(), output.valueAt(from), dy, dyo, dx, dxo, n);
      case ABS -> kernels.absAdjoint(v, vo, dy, dyo, dx, dxo, n);
    }
  }
}
