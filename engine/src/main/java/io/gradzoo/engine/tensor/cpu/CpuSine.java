package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Sine;

/** {@link Sine}. */
final class CpuSine extends CpuOperation {
  private final float frequency;
  private final float[] slopes;

  CpuSine(Sine of, CpuContext context) {
    super(of, context);
    this.frequency = of.frequency();
    this.slopes = new float[count(context.capacity())];
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    kernels.sine(frequency, inputs.get(0).values(), 0, output.values(), 0, count(models));
  }

  @Override
  void adjoint(int models) {
    Operand x = inputs.get(0);
    if (x.needsGradient()) {
      int n = count(models);
      kernels.gateBySine(frequency, x.values(), 0, output.gradients(), 0, slopes, 0, n);
      kernels.add(slopes, 0, x.gradients(), 0, n);
    }
  }
}
