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
    int rows = models * output.rows();
    int width = output.width();
    float[] p = parameters.values();
    float[] y = output.values();
    kernels.scale(sign, inputs.get(0).values(), 0, y, 0, rows * width);
    kernels.sumWithRow(rows, width, y, 0, p, bias.offset(), y, 0);
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
