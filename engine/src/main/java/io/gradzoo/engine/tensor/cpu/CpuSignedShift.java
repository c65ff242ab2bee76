package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.SignedShift;

/** {@link SignedShift}. */
final class CpuSignedShift extends CpuOperation {
  private final Parameters parameters;
  private final Parameter bias;
  private final float sign;

  CpuSignedShift(SignedShift of, CpuContext context) {
    super(of, context);
    this.parameters = context.parameters();
    this.bias = of.bias();
    this.sign = of.sign();
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
    Operand x = inputs.get(0);
    float[] dy = output.gradients();
    if (x.needsGradient()) {
      kernels.addScaled(sign, dy, 0, x.gradients(), 0, count(models));
    }
    kernels.addColumnSums(
        models * output.rows(), output.width(), dy, 0, parameters.gradients(), bias.offset());
  }
}
