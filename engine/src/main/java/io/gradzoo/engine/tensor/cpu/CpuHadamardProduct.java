package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.HadamardProduct;

/** {@link HadamardProduct}. */
final class CpuHadamardProduct extends CpuRowOperation {
  CpuHadamardProduct(HadamardProduct of, CpuContext context) {
    super(of, context);
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
  boolean cheap() {
    return true;
  }

  @Override
  void forwardRows(int from, int rows) {
    Operand a = inputs.get(0);
    Operand b = inputs.get(1);
    kernels.product(
        a.values(),
        a.valueAt(from),
        b.values(),
        b.valueAt(from),
        output.values(),
        output.valueAt(from),
        rows * output.width());
  }

  /** The second factor first: the first one's gradient may take the place of the output's. */
  @Override
  void adjointRows(int from, int rows) {
    carry(1, inputs.get(0), from, rows);
    carry(0, inputs.get(1), from, rows);
  }

  private void carry(int to, Operand other, int from, int rows) {
    Operand x = inputs.get(to);
    if (!x.needsGradient()) {
      return;
    }
    int n = rows * output.width();
    float[] dy = output.gradients();
    int dyo = output.gradientAt(from);
    float[] values = other.values();
    int at = other.valueAt(from);
    if (fresh(to)) {
      kernels.product(dy, dyo, values, at, x.gradients(), x.gradientAt(from), n);
    } else {
      kernels.addProduct(dy, dyo, values, at, x.gradients(), x.gradientAt(from), n);
    }
  }
}
