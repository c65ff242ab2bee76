package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Patches;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;

/** {@link Patches}. */
final class PatchKernels {
  private PatchKernels() {}

  static void forward(Patches of, Emission e) {
    int n = numbers(of.output(), e);
    e.to()
        .launch(
            "patches", n, n, PatchWindow.of(of.window()), e.values(of.x()), e.values(of.output()));
  }

  static void adjoint(Patches of, Emission e) {
    if (of.x().needsGradient()) {
      int n = numbers(of.x(), e);
      GradientShare dx = e.share(of.x());
      long dy = e.gradient(of.output());
      e.to()
          .launch("patchesAdjoint", n, n, PatchWindow.of(of.window()), dy, dx.address(), dx.add());
    }
  }

  private static int numbers(Tensor tensor, Emission e) {
    return new Extent(e.models(), tensor.rows(), tensor.width(), 1, 1).places(3);
  }
}
