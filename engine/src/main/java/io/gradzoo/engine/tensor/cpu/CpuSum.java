package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Sum;

/** {@link Sum}. */
final class CpuSum extends CpuRowOperation {
  CpuSum(Sum of, CpuContext context) {
    super(of, context);
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
    Operand first = inputs.get(0);
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
      Operand x = inputs.get(i);
      if (fresh(i)) {
        System.arraycopy(dy, dyo, x.gradients(), x.gradientAt(from), n);
      } else if (x.needsGradient()) {
        kernels.add(dy, dyo, x.gradients(), x.gradientAt(from), n);
      }
    }
  }
}
