package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.ClassCrossEntropy;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;

/** {@link ClassCrossEntropy}. */
final class CrossEntropyKernels {
  private static final GradientShare UNWANTED = new GradientShare(0, 0);

  private CrossEntropyKernels() {}

  static void forward(ClassCrossEntropy of, Emission e) {
    int rows = rows(of, e);
    long x = e.values(of.scores());
    long t = e.values(of.shares());
    e.to().launch("crossEntropy", rows, rows, of.scores().width(), x, t, e.values(of.output()));
  }

  static void adjoint(ClassCrossEntropy of, Emission e) {
    int rows = rows(of, e);
    long dy = e.gradient(of.output());
    GradientShare dx = share(of.scores(), e);
    GradientShare dt = share(of.shares(), e);
    e.to()
        .launch(
            "crossEntropyAdjoint",
            rows,
            rows,
            of.scores().width(),
            e.values(of.scores()),
            e.values(of.shares()),
            dy,
            dx.address(),
            dx.add(),
            dt.address(),
            dt.add());
  }

  private static GradientShare share(Tensor x, Emission e) {
    return x.needsGradient() ? e.share(x) : UNWANTED;
  }

  private static int rows(ClassCrossEntropy of, Emission e) {
    return e.models() * of.output().rows();
  }
}
