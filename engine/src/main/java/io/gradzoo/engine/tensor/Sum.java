package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/** {@code y = x₁ + x₂ + …}, added in the order given. */
final class Sum extends RowOperation {
  Sum(Kernels kernels, Tensor output, Tensor... terms) {
    super(kernels, output, terms);
  }

  @Override
  boolean cheap() {
    return true;
  }

  @Override
  boolean sets(int input) {
    return true;
  }

  @Override
  void forwardRows(int from, int rows) {
    int n = rows * output.width();
    float[] y = output.values();
    int yo = output.valueAt(from);
    Tensor first = inputs.get(0);
    System.arraycopy(first.values(), first.valueAt(from), y, yo, n);
    for (int i = 1; i < inputs.size(); i++) {
      kernels.add(inputs.get(i).values(), inputs.get(i).valueAt(from), y, yo, n);
    }
  }

  @Override
  void adjointRows(int from, int rows) {
    int n = rows * output.width();
    float[] dy = output.gradients();
    int dyo = output.gradientAt(from);
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      if (fresh(i)) {
        System.arraycopy(dy, dyo, x.gradients(), x.gradientAt(from), n);
      } else if (x.needsGradient()) {
        kernels.add(dy, dyo, x.gradients(), x.gradientAt(from), n);
      }
    }
  }
}
