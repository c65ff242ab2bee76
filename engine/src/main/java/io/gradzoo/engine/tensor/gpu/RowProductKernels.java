package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.RowProducts;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;
import io.gradzoo.engine.tensor.gpu.Instruction.Factor;

/** {@link RowProducts}: a product for each group of each model, all in one instruction. */
final class RowProductKernels {
  private RowProductKernels() {}

  static void forward(RowProducts of, Emission e) {
    int width = of.a().width();
    Factor a = Factor.plain(e.values(of.a()), width);
    Factor b = Factor.transpose(e.values(of.b()), width);
    e.to().products(count(of, e), of.left(), of.right(), width, a, b, 0, e.values(of.output()));
  }

  /** dA (+)= dY B and dB (+)= dYᵀ A. */
  static void adjoint(RowProducts of, Emission e) {
    int width = of.a().width();
    int left = of.left();
    int right = of.right();
    long dy = e.gradient(of.output());
    if (of.a().needsGradient()) {
      GradientShare da = e.share(of.a());
      Factor b = Factor.plain(e.values(of.b()), width);
      Factor gradient = Factor.plain(dy, right);
      e.to().products(count(of, e), left, width, right, gradient, b, da.add(), da.address());
    }
    if (of.b().needsGradient()) {
      GradientShare db = e.share(of.b());
      Factor a = Factor.plain(e.values(of.a()), width);
      Factor gradient = Factor.transpose(dy, right);
      e.to().products(count(of, e), right, width, left, gradient, a, db.add(), db.address());
    }
  }

  private static int count(RowProducts of, Emission e) {
    return new Extent(e.models(), of.groups(), 1, 1, 1).places(2);
  }
}
