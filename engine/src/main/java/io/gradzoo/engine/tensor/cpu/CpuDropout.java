package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Dropout;

/** {@link Dropout}; the mask of a pass is kept for its adjoint. */
final class CpuDropout extends CpuOperation {
  private final Dropout of;
  private final Pass pass;
  private final float[] mask;

  CpuDropout(Dropout of, CpuContext context) {
    super(of, context);
    this.of = of;
    this.pass = context.pass();
    this.mask = new float[count(context.capacity())];
  }

  @Override
  void forward(int models) {
    int n = count(models);
    long seed = of.seed(pass.dropoutSeed);
    float kept = 1f / (1f - of.rate());
    for (int i = 0; i < n; i++) {
      mask[i] = of.keeps(seed, i) ? kept : 0f;
    }
    kernels.product(inputs.get(0).values(), 0, mask, 0, output.values(), 0, n);
  }

  @Override
  void adjoint(int models) {
    kernels.addProduct(output.gradients(), 0, mask, 0, inputs.get(0).gradients(), 0, count(models));
  }
}
