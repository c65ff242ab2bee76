package io.gradzoo.datasets.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Golden values of CPython 3: {@code x = list(range(n)); random.Random(seed).shuffle(x)}. */
class PythonRandomTest {
  @Test
  void shufflesAsPythonDoes() {
    assertThat(shuffled(0, 10)).containsExactly(7, 8, 1, 5, 3, 4, 2, 0, 9, 6);
    assertThat(shuffled(0, 1)).containsExactly(0);
  }

  @Test
  void shufflesAsManyAsThePublishedSplitsHave() {
    int[] values = shuffled(0, 15_000);
    long sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (long) i * values[i];
    }

    assertThat(Arrays.copyOf(values, 10))
        .containsExactly(8277, 12729, 8976, 9169, 1374, 7200, 3901, 1608, 4197, 821);
    assertThat(Arrays.copyOfRange(values, 14_995, 15_000))
        .containsExactly(6890, 14585, 12418, 6311, 13835);
    assertThat(sum).isEqualTo(839_986_078_993L);
  }

  @Test
  void aSeedOfMoreThan32BitsIsWhole() {
    assertThat(shuffled(12_345_678_901L, 20))
        .containsExactly(1, 6, 0, 9, 8, 18, 13, 7, 4, 16, 15, 14, 5, 2, 17, 3, 11, 12, 10, 19);
  }

  private static int[] shuffled(long seed, int count) {
    int[] values = new int[count];
    Arrays.setAll(values, i -> i);
    new PythonRandom(seed).shuffle(values);
    return values;
  }
}
