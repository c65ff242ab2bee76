package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;

/** An architecture's activation φ over a buffer, and its adjoint. All take 0 to 0. */
record Nonlinearity(Kernels kernels, Activation activation, float frequency) {

  /** y = φ(u); y may be u if φ is ReLU. */
  void apply(int batch, BatchBuffer from, BatchBuffer to) {
    float[] u = from.numbers();
    float[] y = to.numbers();
    int uo = from.at();
    int yo = to.at();
    int n = from.count(batch);
    switch (activation) {
      case RELU -> kernels.relu(u, uo, y, yo, n);
      case TANH -> kernels.tanh(u, uo, y, yo, n);
      case SINE -> kernels.sine(frequency, u, uo, y, yo, n);
    }
  }

  /**
   * signals = signals ⊙ φ′(u) with y = φ(u); the slope of ReLU at 0 is 0, and that of ReLU is read
   * off y alone.
   */
  void adjoint(int batch, BatchBuffer before, BatchBuffer after, BatchBuffer signals) {
    float[] u = before.numbers();
    float[] y = after.numbers();
    float[] g = signals.numbers();
    int uo = before.at();
    int yo = after.at();
    int go = signals.at();
    int n = before.count(batch);
    switch (activation) {
      case RELU -> kernels.gateByRelu(y, yo, g, go, g, go, n);
      case TANH -> {
        for (int i = 0; i < n; i++) {
          g[go + i] *= 1f - y[yo + i] * y[yo + i];
        }
      }
      case SINE -> kernels.gateBySine(frequency, u, uo, g, go, g, go, n);
    }
  }
}
