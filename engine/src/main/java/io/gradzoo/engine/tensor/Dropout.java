package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/**
 * Inverted dropout; the mask is a pure function of the tape's dropout seed, this operation's key
 * and the index.
 */
final class Dropout extends Operation {
  private final Tape tape;
  private final long key;
  private final float rate;
  private final float[] mask;

  Dropout(Kernels kernels, Tape tape, int capacity, long key, float rate, Tensor output, Tensor x) {
    super(kernels, output, x);
    this.tape = tape;
    this.key = key;
    this.rate = rate;
    this.mask = new float[capacity * x.rows() * x.width()];
  }

  @Override
  void forward(int models) {
    int n = count(models);
    long seed = mix(tape.dropoutSeed() + key);
    float keep = 1f / (1f - rate);
    for (int i = 0; i < n; i++) {
      mask[i] = (mix(seed + i) >>> 40) * 0x1p-24f < rate ? 0f : keep;
    }
    kernels.product(inputs.get(0).values(), 0, mask, 0, output.values(), 0, n);
  }

  @Override
  void adjoint(int models) {
    kernels.addProduct(output.gradients(), 0, mask, 0, inputs.get(0).gradients(), 0, count(models));
  }

  /** SplitMix64's finaliser. */
  private static long mix(long z) {
    z = (z + 0x9E3779B97F4A7C15L);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
