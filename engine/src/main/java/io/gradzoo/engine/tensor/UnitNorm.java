package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/**
 * {@code y = x / (‖x‖ + 1e-10)}, row by row: the canonical form under positive scaling (ScaleGMN,
 * App. A.1.2).
 */
final class UnitNorm extends RowOperation {
  private final float[] inverseNorm;

  UnitNorm(Kernels kernels, int capacity, Tensor output, Tensor x) {
    super(kernels, output, x);
    this.inverseNorm = new float[capacity * x.rows()];
  }

  @Override
  boolean cheap() {
    return true;
  }

  @Override
  void forwardRows(int from, int rows) {
    Tensor x = inputs.get(0);
    kernels.unitNorm(
        rows,
        output.width(),
        x.values(),
        x.valueAt(from),
        output.values(),
        output.valueAt(from),
        inverseNorm,
        from);
  }

  @Override
  void recomputeRows(int from, int rows) {
    Tensor x = inputs.get(0);
    for (int row = from; row < from + rows; row++) {
      kernels.scale(
          inverseNorm[row],
          x.values(),
          x.valueAt(row),
          output.values(),
          output.valueAt(row),
          output.width());
    }
  }

  @Override
  void adjointRows(int from, int rows) {
    Tensor x = inputs.get(0);
    kernels.unitNormAdjoint(
        rows,
        output.width(),
        output.values(),
        output.valueAt(from),
        inverseNorm,
        from,
        output.gradients(),
        output.gradientAt(from),
        x.gradients(),
        x.gradientAt(from));
  }
}
