package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** {@code y = silu(gain ⊙ normalise(x) + shift)}, row by row (LayerNorm with ε 1e-5, then SiLU). */
final class LayerNormSilu extends RowOperation {
  private final Parameters parameters;
  private final Parameter gain;
  private final Parameter shift;
  private final float[] statistics;
  private final Storage slopes;

  LayerNormSilu(
      Kernels kernels,
      int capacity,
      Parameters parameters,
      Parameter gain,
      Parameter shift,
      Tensor output,
      Tensor x) {
    super(kernels, output, x);
    this.parameters = parameters;
    this.gain = gain;
    this.shift = shift;
    this.statistics = new float[2 * capacity * x.rows()];
    this.slopes = new Storage(x.rows() * x.width(), false);
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
  Storage workspace() {
    return slopes;
  }

  @Override
  void forwardRows(int from, int rows) {
    float[] p = parameters.values();
    Tensor x = inputs.get(0);
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

  /** The output again, and the slopes of the SiLU for the adjoint. */
  @Override
  void recomputeRows(int from, int rows) {
    float[] p = parameters.values();
    Tensor x = inputs.get(0);
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
    Tensor x = inputs.get(0);
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
