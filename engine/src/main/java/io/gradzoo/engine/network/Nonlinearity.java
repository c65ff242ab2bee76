package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;

/** An architecture's activation φ over a buffer, and its adjoint. */
record Nonlinearity(Kernels kernels, Activation activation, float frequency) {

  /** y = φ(u), n numbers; y may be u if φ is ReLU. */
  void apply(float[] u, float[] y, int n) {
    switch (activation) {
      case RELU -> kernels.relu(u, 0, y, 0, n);
      case TANH -> kernels.tanh(u, 0, y, 0, n);
      case SINE -> {
        for (int i = 0; i < n; i++) {
          y[i] = (float) Math.sin((double) frequency * u[i]);
        }
      }
    }
  }

  /**
   * du = dy ⊙ φ′(u) with y = φ(u), n numbers; the slope of ReLU at 0 is 0, and that of ReLU is read
   * off y alone. du may be dy.
   */
  void adjoint(float[] u, float[] y, float[] dy, float[] du, int n) {
    switch (activation) {
      case RELU -> kernels.gateByRelu(y, 0, dy, 0, du, 0, n);
      case TANH -> {
        for (int i = 0; i < n; i++) {
          du[i] = dy[i] * (1f - y[i] * y[i]);
        }
      }
      case SINE -> {
        for (int i = 0; i < n; i++) {
          du[i] = dy[i] * (float) (frequency * Math.cos((double) frequency * u[i]));
        }
      }
    }
  }
}
