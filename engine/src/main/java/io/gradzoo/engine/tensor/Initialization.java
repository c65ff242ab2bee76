package io.gradzoo.engine.tensor;

import java.util.SplittableRandom;

/** Initialization of a parameter; the defaults of PyTorch's layers. */
public sealed interface Initialization {

  /** Fills {@code values[from..from+count)}. */
  void fill(float[] values, int from, int count, SplittableRandom random);

  /** Uniform on ±1/√fanIn: weights and biases of a linear layer. */
  static Initialization linear(int fanIn) {
    return new Uniform((float) (1 / Math.sqrt(fanIn)));
  }

  /** Every number the same: gains, offsets and output scales. */
  static Initialization constant(float value) {
    return new Constant(value);
  }

  /** Standard normal: positional encodings. */
  static Initialization normal() {
    return new Normal();
  }

  /** Uniform on [−bound, bound). */
  record Uniform(float bound) implements Initialization {
    @Override
    public void fill(float[] values, int from, int count, SplittableRandom random) {
      for (int i = from; i < from + count; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    }
  }

  /** One value throughout. */
  record Constant(float value) implements Initialization {
    @Override
    public void fill(float[] values, int from, int count, SplittableRandom random) {
      java.util.Arrays.fill(values, from, from + count, value);
    }
  }

  /** Independent standard normal numbers. */
  record Normal() implements Initialization {
    @Override
    public void fill(float[] values, int from, int count, SplittableRandom random) {
      for (int i = from; i < from + count; i++) {
        values[i] = (float) random.nextGaussian();
      }
    }
  }
}
