package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** {@code y = x₁ + x₂ + …}, added in the order given. */
final class Sum extends Operation {
  Sum(Kernels kernels, Tensor output, Tensor... terms) {
    super(kernels, output, terms);
  }

  @Override
  void forward(int models) {
    int n = count(models);
    System.arraycopy(inputs.get(0).values(), 0, output.values(), 0, n);
    for (int i = 1; i < inputs.size(); i++) {
      kernels.add(inputs.get(i).values(), 0, output.values(), 0, n);
    }
  }

  @Override
  void adjoint(int models) {
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      if (x.needsGradient()) {
        kernels.add(output.gradients(), 0, x.gradients(), 0, count(models));
      }
    }
  }
}
