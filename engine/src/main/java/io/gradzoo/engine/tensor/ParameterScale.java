package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** {@code y = s · x}, with s a learned number. */
final class ParameterScale extends Operation {
  private final Parameters parameters;
  private final Parameter scale;

  ParameterScale(Kernels kernels, Parameters parameters, Parameter scale, Tensor output, Tensor x) {
    super(kernels, output, x);
    this.parameters = parameters;
    this.scale = scale;
  }

  @Override
  void forward(int models) {
    float s = parameters.values()[scale.offset()];
    kernels.scale(s, inputs.get(0).values(), 0, output.values(), 0, count(models));
  }

  @Override
  void adjoint(int models) {
    Tensor x = inputs.get(0);
    float[] dy = output.gradients();
    int n = count(models);
    parameters.gradients()[scale.offset()] += kernels.dot(dy, 0, x.values(), 0, n);
    if (x.needsGradient()) {
      kernels.addScaled(parameters.values()[scale.offset()], dy, 0, x.gradients(), 0, n);
    }
  }
}
