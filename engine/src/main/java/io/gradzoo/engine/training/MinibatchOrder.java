package io.gradzoo.engine.training;

import java.util.SplittableRandom;

/**
 * The order in which a shard's examples are visited in an epoch: a function of (seed, epoch, shard)
 * alone.
 */
final class MinibatchOrder {
  private MinibatchOrder() {}

  /**
   * @param order output: a permutation of 0 … order.length − 1
   */
  static void set(int[] order, long seed, long epoch, int shard) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    SplittableRandom random = new SplittableRandom(key(seed, epoch, shard));
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /** One number for a triple, well mixed (SplitMix64's finaliser over each part in turn). */
  static long key(long seed, long epoch, int shard) {
    return mix(mix(mix(seed) ^ epoch) ^ shard);
  }

  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
