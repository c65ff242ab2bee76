package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** A function applied to every number. */
final class Pointwise extends Operation {
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
  void forward(int models) {
    float[] x = inputs.get(0).values();
    float[] y = output.values();
    int n = count(models);
    switch (function) {
      case SILU -> kernels.silu(x, 0, y, 0, n);
      case RELU -> kernels.relu(x, 0, y, 0, n);
      case ABS -> kernels.abs(x, 0, y, 0, n);
    }
  }

  @Override
  void adjoint(int models) {
    Tensor x = inputs.get(0);
    float[] dy = output.gradients();
    int n = count(models);
    switch (function) {
      case SILU -> kernels.siluAdjoint(x.values(), 0, dy, 0, x.gradients(), 0, n);
      case RELU -> kernels.reluAdjoint(output.values(), 0, dy, 0, x.gradients(), 0, n);
      case ABS -> kernels.absAdjoint(x.values(), 0, dy, 0, x.gradients(), 0, n);
    }
  }
}
