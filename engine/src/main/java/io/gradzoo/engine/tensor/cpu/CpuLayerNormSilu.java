package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.LayerNormSilu;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;

/** {@link LayerNormSilu}. */
final class CpuLayerNormSilu extends CpuRowOperation {
  private final Parameters parameters;
  private final Parameter gain;
  private final Parameter shift;
  private final float[] statistics;
  private final Memory slopes;

  CpuLayerNormSilu(LayerNormSilu of, CpuContext context) {
    super(of, context);
    this.parameters = context.parameters();
    this.gain = of.gain();
    this.shift = of.shift();
    this.statistics = new float[2 * context.capacity() * output.rows()];
    this.slopes = new Memory(output.rows() * output.width());
  }

  @Override
  boolean sets(int input) {
    return true;
  }

  @Override
  boolean inPlace() {
    return true;
  }

  @Override
  boolean cheap() {
    return true;
  }

  @Override
  Memory workspace() {
    return slopes;
  }

  @Override
  void forwardRows(int from, int rows) {
    float[] p = parameters.values();
    Operand x = inputs.get(0);
    kernels.layerNormSilu(
        rows,
        output.width(),
        x.values(),
        x.valueAt(from),
        p,
        gain.offset(),
        p,
        shift.offset(),
        output.values(),
        output.valueAt(from),
        statistics,
        2 * from);
  }

  @Override
  void forwardRowsForAdjoint(int from, int rows) {
    Operand x = inputs.get(0);
    kernels.layerNormStatistics(
        rows, output.width(), x.values(), x.valueAt(from), statistics, 2 * from);
    recomputeRows(from, rows);
  }

  /** The output again, and the slopes of the SiLU for the adjoint. */
  @Override
  void recomputeRows(int from, int rows) {
    float[] p = parameters.values();
    Operand x = inputs.get(0);
    kernels.layerNormSiluSlopes(
        rows,
        output.width(),
        x.values(),
        x.valueAt(from),
        p,
        gain.offset(),
        p,
        shift.offset(),
        statistics,
        2 * from,
        output.values(),
        output.valueAt(from),
        slopes.values,
        from * output.width() - slopes.firstValue);
  }

  @Override
  void adjointRows(int from, int rows) {
    float[] dp = parameters.gradients();
    Operand x = inputs.get(0);
    float[] dy = output.gradients();
    int dyo = output.gradientAt(from);
    kernels.layerNormAdjoint(
        rows,
        output.width(),
        x.values(),
        x.valueAt(from),
        parameters.values(),
        gain.offset(),
        statistics,
        2 * from,
        slopes.values,
        from * output.width() - slopes.firstValue,
        dy,
        dyo,
        fresh(0) ? x.gradients() : dy,
        fresh(0) ? x.gradientAt(from) : dyo,
        dp,
        gain.offset(),
        dp,
        shift.offset());
    if (!fresh(0) && x.needsGradient()) {
      kernels.add(dy, dyo, x.gradients(), x.gradientAt(from), rows * output.width());
    }
  }
}
