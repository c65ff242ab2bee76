package io.gradzoo.engine.network;

import java.util.SplittableRandom;

/** What a training run draws random numbers for; each purpose has a stream of its own. */
enum RandomStream {
  PARAMETERS(1),
  SUBSET(2),
  ORDER(3),
  DROPOUT(4);

  private final int number;

  RandomStream(int number) {
    this.number = number;
  }

  /** The stream of a seed and an epoch: unrelated for different arguments. */
  SplittableRandom random(long seed, int epoch) {
    return new SplittableRandom(mix(mix(mix(seed) + number) + epoch));
  }

  /** A bijection that scatters neighbouring numbers (MurmurHash3's finaliser). */
  private static long mix(long z) {
    long once = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    long twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return twice ^ (twice >>> 33);
  }

  /** Fisher–Yates shuffle in place. */
  static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
  }
}
