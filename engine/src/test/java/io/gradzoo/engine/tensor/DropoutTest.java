package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final int NUMBERS = 20_000;

  private static String kept(long key, float rate, long dropoutSeed, int count) {
    Dropout dropout = new Dropout(key, rate, null, null);
    long seed = dropout.seed(dropoutSeed);
    return IntStream.range(0, count)
        .mapToObj(k -> dropout.keeps(seed, k) ? "1" : "0")
        .collect(Collectors.joining());
  }

  private static double share(String kept) {
    return (double) kept.chars().filter(c -> c == '1').count() / kept.length();
  }

  @Test
  void keepsAllButTheRateOfNumbers() {
    assertThat(share(kept(1L << 32, 0.2f, 5, NUMBERS))).isCloseTo(0.8, within(0.01));
    assertThat(share(kept(1L << 32, 0.9f, 5, NUMBERS))).isCloseTo(0.1, within(0.01));
  }

  @Test
  void passesAndOperationsHaveMasksOfTheirOwn() {
    String mask = kept(1L << 32, 0.5f, 5, NUMBERS);
    for (String other :
        new String[] {kept(1L << 32, 0.5f, 6, NUMBERS), kept(2L << 32, 0.5f, 5, NUMBERS)}) {
      long alike =
          IntStream.range(0, NUMBERS).filter(k -> mask.charAt(k) == other.charAt(k)).count();
      assertThat((double) alike / NUMBERS).isCloseTo(0.5, within(0.02));
    }
  }

  /** A model trained with dropout depends on every one of them. */
  @Test
  void masksStayWhatTheyAre() {
    assertThat(kept(1L << 32, 0.4f, 77, 48))
        .isEqualTo("011100101001110110111111101110001110110001001101");
  }
}
