package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MinibatchOrderTest {

  /** The JDK's own SplitMix64 is the oracle: its first number is the mix of its seed. */
  @Test
  void aKeyMixesEachPartInTurnAsSplitMix64Does() {
    for (long seed : new long[] {0, 1, -7, Long.MIN_VALUE}) {
      for (long epoch : new long[] {0, 3, ~5L}) {
        for (int shard : new int[] {0, 1, 900}) {
          long expected = first(first(first(seed) ^ epoch) ^ shard);
          assertThat(MinibatchOrder.key(seed, epoch, shard)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void everyExampleStandsAtEveryPlaceEquallyOften() {
    int length = 6;
    int epochs = 6000;
    int[][] counts = new int[length][length];
    int[] order = new int[length];
    for (int epoch = 0; epoch < epochs; epoch++) {
      MinibatchOrder.set(order, 5, epoch, 2);
      assertThat(Arrays.stream(order).sorted().toArray()).containsExactly(0, 1, 2, 3, 4, 5);
      for (int place = 0; place < length; place++) {
        counts[place][order[place]]++;
      }
    }
    for (int[] ofPlace : counts) {
      for (int count : ofPlace) {
        // Five standard deviations of a thousand expected.
        assertThat(count).isBetween(1000 - 145, 1000 + 145);
      }
    }
  }

  @Test
  void seedEpochAndShardEachGiveAnotherOrderAndEqualOnesTheSame() {
    int[] order = order(1, 2, 3);

    assertThat(order(1, 2, 3)).isEqualTo(order);
    assertThat(order(2, 2, 3)).isNotEqualTo(order);
    assertThat(order(1, 3, 3)).isNotEqualTo(order);
    assertThat(order(1, 2, 4)).isNotEqualTo(order);
  }

  private static int[] order(long seed, long epoch, int shard) {
    int[] order = new int[50];
    MinibatchOrder.set(order, seed, epoch, shard);
    return order;
  }

  private static long first(long seed) {
    return new SplittableRandom(seed).nextLong();
  }
}
