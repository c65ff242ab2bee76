package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Pointwise;

/** {@link Pointwise}. */
final class CpuPointwise extends CpuRowOperation {
  private final Pointwise.Function function;

  CpuPointwise(Pointwise of, CpuContext context) {
    super(of, context);
    this.function = of.function();
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
      case TANH -> kernels.tanh(x, xo, y, yo, n);
    }
  }

  @Override
  void adjointRows(int from, int rows) {
    Operand x = inputs.get(0);
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
      case TANH -> tanhAdjoint(output.values(), output.valueAt(from), dy, dyo, dx, dxo, n);
    }
  }

  /** dx += (1 − y²) ⊙ dy. */
  private static void tanhAdjoint(
      float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxo + i] += (1f - y[yo + i] * y[yo + i]) * dy[dyo + i];
    }
  }
}
