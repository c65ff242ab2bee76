package io.gradzoo.engine.gradient;

/**
 * Random numbers for labels that a model samples: each a function of (seed, sample, output) alone,
 * through the finaliser of MurmurHash3. Exactly specified arithmetic throughout.
 */
final class SampledLabel {
  private static final double UNIT = 0x1p-53;

  private SampledLabel() {}

  /** Uniform in [0, 1). */
  static double uniform(long seed, int sample, int draw) {
    return (mix(mix(mix(seed) + sample) + draw) >>> 11) * UNIT;
  }

  /** Standard normal (Box and Muller 1958). */
  static double gaussian(long seed, int sample, int output) {
    double radius = 1 - uniform(seed, sample, 2 * output);
    double angle = 2 * Math.PI * uniform(seed, sample, 2 * output + 1);
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(angle);
  }

  /**
   * A class drawn from softmax probabilities.
   *
   * @param probabilities [classes] from {@code start}
   */
  static int category(long seed, int sample, float[] probabilities, int start, int classes) {
    double left = uniform(seed, sample, 0);
    for (int k = 0; k < classes - 1; k++) {
      left -= probabilities[start + k];
      if (left < 0) {
        return k;
      }
    }
    return classes - 1;
  }

  private static long mix(long z) {
    long once = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    long twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return twice ^ (twice >>> 33);
  }
}
