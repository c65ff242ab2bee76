package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * Inverted dropout: {@code y_k = x_k / (1 − rate)} where {@link #keeps} says so, else 0; the
 * adjoint multiplies by the same. What is kept is a function of the pass's dropout seed, this
 * operation's key and the index k, counted over all models, so a device computes it wherever it is
 * needed.
 *
 * @param key what tells the dropouts of a tape apart
 * @param rate share of numbers that become 0
 */
public record Dropout(long key, float rate, Tensor x, Tensor output) implements Operation {

  /**
   * The seed of one pass, for {@link #keeps}.
   *
   * @param dropoutSeed what {@link Execution#forward} was given
   */
  public long seed(long dropoutSeed) {
    return mix(dropoutSeed + key);
  }

  /** Whether number k of all models is kept. */
  public boolean keeps(long seed, int k) {
    return (mix(seed + k) >>> 40) * 0x1p-24f >= rate;
  }

  /** SplitMix64's finaliser. */
  private static long mix(long z) {
    z = (z + 0x9E3779B97F4A7C15L);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
