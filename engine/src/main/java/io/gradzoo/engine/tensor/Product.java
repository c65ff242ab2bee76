package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** {@code y = a ⊙ b}. */
final class Product extends Operation {
  Product(Kernels kernels, Tensor output, Tensor a, Tensor b) {
    super(kernels, output, a, b);
  }

  @Override
  void forward(int models) {
    kernels.product(
        inputs.get(0).values(), 0, inputs.get(1).values(), 0, output.values(), 0, count(models));
  }

  @Override
  void adjoint(int models) {
    carry(inputs.get(0), inputs.get(1), models);
    carry(inputs.get(1), inputs.get(0), models);
  }

  private void carry(Tensor to, Tensor other, int models) {
    if (to.needsGradient()) {
      kernels.addProduct(
          output.gradients(), 0, other.values(), 0, to.gradients(), 0, count(models));
    }
  }
}
