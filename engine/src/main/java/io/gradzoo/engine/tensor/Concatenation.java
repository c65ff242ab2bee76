package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** {@code y = [x₁; x₂; …]}: the inputs side by side in each row. */
final class Concatenation extends Operation {
  Concatenation(Kernels kernels, Tensor output, Tensor... inputs) {
    super(kernels, output, inputs);
  }

  @Override
  void forward(int models) {
    int width = output.width();
    int column = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      for (int row = 0; row < models * x.rows(); row++) {
        System.arraycopy(
            x.values(), row * x.width(), output.values(), row * width + column, x.width());
      }
      column += x.width();
    }
  }

  @Override
  void adjoint(int models) {
    int width = output.width();
    int column = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      if (x.needsGradient()) {
        for (int row = 0; row < models * x.rows(); row++) {
          kernels.add(
              output.gradients(), row * width + column, x.gradients(), row * x.width(), x.width());
        }
      }
      column += x.width();
    }
  }
}
