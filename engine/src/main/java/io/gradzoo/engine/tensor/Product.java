package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** {@code y = a ⊙ b}. */
final class Product extends Operation {
  Product(Kernels kernels, Tensor output, Tensor a, Tensor b) {
    super(kernels, output, a, b);
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
    kernels.product(
        inputs.get(0).values(), 0, inputs.get(1).values(), 0, output.values(), 0, count(models));
  }

  /** The second factor first: the first one's gradient may take the place of the output's. */
  @Override
  void adjoint(int models) {
    carry(1, inputs.get(0).values(), models);
    carry(0, inputs.get(1).values(), models);
  }

  private void carry(int to, float[] other, int models) {
    Tensor x = inputs.get(to);
    float[] dy = output.gradients();
    if (fresh(to)) {
      kernels.product(dy, 0, other, 0, x.gradients(), 0, count(models));
    } else if (x.needsGradient()) {
      kernels.addProduct(dy, 0, other, 0, x.gradients(), 0, count(models));
    }
  }
}
