package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.OwnParameters;
import io.gradzoo.engine.tensor.Parameters;

/** {@link OwnParameters}. */
final class CpuOwnParameters extends CpuOperation {
  private final Parameters parameters;
  private final int from;

  CpuOwnParameters(OwnParameters of, CpuContext context) {
    super(of, context);
    this.parameters = context.parameters();
    this.from = of.of().offset();
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    System.arraycopy(parameters.values(), from, output.values(), 0, count(models));
  }

  @Override
  void adjoint(int models) {
    kernels.add(output.gradients(), 0, parameters.gradients(), from, count(models));
  }
}
