package io.gradzoo.datasets.split;

import io.gradzoo.engine.fault.Fault;

/**
 * Python's {@code random.Random(seed)}, as far as shuffling needs it: the Mersenne twister MT19937,
 * seeded as CPython seeds it. Published splits were drawn with it.
 */
public final class PythonRandom {
  private static final int SIZE = 624;
  private static final int PERIOD = 397;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  /**
   * @param seed 0 or more
   */
  public PythonRandom(long seed) {
    if (seed < 0) {
      throw Fault.of("random").expected("a seed of 0 or more").found(seed).exception();
    }
    int high = (int) (seed >>> Integer.SIZE);
    seed(high == 0 ? new int[] {(int) seed} : new int[] {(int) seed, high});
  }

  /** As {@code random.shuffle} does; in place. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = below(i + 1);
      int kept = values[i];
      values[i] = values[other];
      values[other] = kept;
    }
  }

  /** A number from 0 to bound - 1. */
  private int below(int bound) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
    int drawn;
    do {
      drawn = draw() >>> (Integer.SIZE - bits);
    } while (Integer.compareUnsigned(drawn, bound) >= 0);
    return drawn;
  }

  /** {@code init_by_array} of the reference. */
  private void seed(int[] key) {
    state[0] = 19650218;
    for (int i = 1; i < SIZE; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
    int at = 1;
    int of = 0;
    for (int left = Math.max(SIZE, key.length); left > 0; left--) {
      int mixed = (state[at - 1] ^ (state[at - 1] >>> 30)) * 1664525;
      state[at] = (state[at] ^ mixed) + key[of] + of;
      at = following(at);
      of = (of + 1) % key.length;
    }
    for (int left = SIZE - 1; left > 0; left--) {
      int mixed = (state[at - 1] ^ (state[at - 1] >>> 30)) * 1566083941;
      state[at] = (state[at] ^ mixed) - at;
      at = following(at);
    }
    state[0] = 0x80000000;
  }

  /** The next place; the last value is carried to the front. */
  private int following(int at) {
    if (at + 1 < SIZE) {
      return at + 1;
    }
    state[0] = state[SIZE - 1];
    return 1;
  }

  private int draw() {
    if (next == SIZE) {
      twist();
    }
    int drawn = state[next++];
    drawn ^= drawn >>> 11;
    drawn ^= (drawn << 7) & 0x9d2c5680;
    drawn ^= (drawn << 15) & 0xefc60000;
    return drawn ^ (drawn >>> 18);
  }

  private void twist() {
    for (int i = 0; i < SIZE; i++) {
      int joined = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
      int twisted = (joined >>> 1) ^ ((joined & 1) == 0 ? 0 : 0x9908b0df);
      state[i] = state[(i + PERIOD) % SIZE] ^ twisted;
    }
    next = 0;
  }
}
