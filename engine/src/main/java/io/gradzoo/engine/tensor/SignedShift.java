package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** {@code y = sign · x + b}, the bias [width] added to every row. */
final class SignedShift extends Operation {
  private final Parameters parameters;
  private final Parameter bias;
  private final float sign;

  SignedShift(
      Kernels kernels, Parameters parameters, Parameter bias, float sign, Tensor output, Tensor x) {
    super(kernels, output, x);
    this.parameters = parameters;
    this.bias = bias;
    this.sign = sign;
  }

  @Override
  void forward(int models) {
    int width = output.width();
    float[] x = inputs.get(0).values();
    float[] y = output.values();
    for (int at = 0; at < count(models); at += width) {
      System.arraycopy(parameters.values(), bias.offset(), y, at, width);
      kernels.addScaled(sign, x, at, y, at, width);
    }
  }

  @Override
  void adjoint(int models) {
    Tensor x = inputs.get(0);
    float[] dy = output.gradients();
    if (x.needsGradient()) {
      kernels.addScaled(sign, dy, 0, x.gradients(), 0, count(models));
    }
    kernels.addColumnSums(
        models * output.rows(), output.width(), dy, 0, parameters.gradients(), bias.offset());
  }
}
