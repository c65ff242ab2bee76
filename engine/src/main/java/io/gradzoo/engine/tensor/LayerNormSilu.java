package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** {@code y = silu(gain ⊙ normalise(x) + shift)}, row by row (LayerNorm with ε 1e-5, then SiLU). */
final class LayerNormSilu extends Operation {
  private final Parameters parameters;
  private final Parameter gain;
  private final Parameter shift;
  private final float[] statistics;
  private final float[] scratch;

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
    this.scratch = new float[3 * x.width()];
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
  void forward(int models) {
    float[] p = parameters.values();
    kernels.layerNormSilu(
        models * output.rows(),
        output.width(),
        inputs.get(0).values(),
        0,
        p,
        gain.offset(),
        p,
        shift.offset(),
        output.values(),
        0,
        statistics,
        0);
  }

  @Override
  void adjoint(int models) {
    float[] p = parameters.values();
    float[] dp = parameters.gradients();
    Tensor x = inputs.get(0);
    float[] dy = output.gradients();
    float[] dx = fresh(0) ? x.gradients() : dy;
    kernels.layerNormSiluAdjoint(
        models * output.rows(),
        output.width(),
        x.values(),
        0,
        p,
        gain.offset(),
        p,
        shift.offset(),
        statistics,
        0,
        dy,
        0,
        dx,
        0,
        dp,
        gain.offset(),
        dp,
        shift.offset(),
        scratch);
    if (!fresh(0) && x.needsGradient()) {
      kernels.add(dx, 0, x.gradients(), 0, count(models));
    }
  }
}
