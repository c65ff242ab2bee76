package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** The inputs one below the other in every line: y[i] = [x₁[i]; x₂[i]; …] for lines i. */
final class Stack extends Operation {
  private final int lines;

  Stack(Kernels kernels, int lines, Tensor output, Tensor... parts) {
    super(kernels, output, parts);
    this.lines = lines;
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    int from = 0;
    for (Tensor part : inputs) {
      int size = size(part);
      for (int line = 0; line < models * lines; line++) {
        System.arraycopy(
            part.values(), line * size, output.values(), line * size(output) + from, size);
      }
      from += size;
    }
  }

  @Override
  void adjoint(int models) {
    int from = 0;
    for (Tensor part : inputs) {
      int size = size(part);
      for (int line = 0; part.needsGradient() && line < models * lines; line++) {
        int at = line * size(output) + from;
        kernels.add(output.gradients(), at, part.gradients(), line * size, size);
      }
      from += size;
    }
  }

  /** Numbers of a tensor in a line. */
  private int size(Tensor tensor) {
    return tensor.rows() / lines * tensor.width();
  }
}
