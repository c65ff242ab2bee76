package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterScale;
import io.gradzoo.engine.tensor.Parameters;

/** {@link ParameterScale}. */
final class CpuParameterScale extends CpuOperation {
  private final Parameters parameters;
  private final Parameter scale;

  CpuParameterScale(ParameterScale of, CpuContext context) {
    super(of, context);
    this.parameters = context.parameters();
    this.scale = of.scale();
  }

  @Override
  void forward(int models) {
    float s = parameters.values()[scale.offset()];
    kernels.scale(s, inputs.get(0).values(), 0, output.values(), 0, count(models));
  }

  @Override
  void adjoint(int models) {
    Operand x = inputs.get(0);
    float[] dy = output.gradients();
    int n = count(models);
    parameters.gradients()[scale.offset()] += kernels.dot(dy, 0, x.values(), 0, n);
    if (x.needsGradient()) {
      kernels.addScaled(parameters.values()[scale.offset()], dy, 0, x.gradients(), 0, n);
    }
  }
}
