package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.UnitNorm;

/** {@link UnitNorm}. */
final class CpuUnitNorm extends CpuRowOperation {
  private final float[] inverseNorm;

  CpuUnitNorm(UnitNorm of, CpuContext context) {
    super(of, context);
    this.inverseNorm = new float[context.capacity() * output.rows()];
  }

  @Override
  boolean cheap() {
    return true;
  }

  @Override
  void forwardRows(int from, int rows) {
    Operand x = inputs.get(0);
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
    Operand x = inputs.get(0);
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
    Operand x = inputs.get(0);
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
