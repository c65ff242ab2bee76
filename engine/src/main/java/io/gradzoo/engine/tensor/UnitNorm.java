package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/**
 * {@code y = x / (‖x‖ + 1e-10)}, row by row: the canonical form under positive scaling (ScaleGMN,
 * App. A.1.2).
 */
final class UnitNorm extends Operation {
  private final float[] inverseNorm;

  UnitNorm(Kernels kernels, int capacity, Tensor output, Tensor x) {
    super(kernels, output, x);
    this.inverseNorm = new float[capacity * x.rows()];
  }

  @Override
  void forward(int models) {
    kernels.unitNorm(
        models * output.rows(),
        output.width(),
        inputs.get(0).values(),
        0,
        output.values(),
        0,
        inverseNorm,
        0);
  }

  @Override
  void adjoint(int models) {
    kernels.unitNormAdjoint(
        models * output.rows(),
        output.width(),
        output.values(),
        0,
        inverseNorm,
        0,
        output.gradients(),
        0,
        inputs.get(0).gradients(),
        0);
  }
}
