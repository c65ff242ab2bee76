package io.gradzoo.jobs.config.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final List<String> KEYS =
      List.of("epochs", "checkpoints", "runs", "learning-rate", "l2");

  @ParameterizedTest
  @CsvSource({
    "epoch, epochs",
    "peochs, epochs",
    "EPOCHS, epochs",
    "learningrate, learning-rate",
    "learning_rate, learning-rate",
    "chekpoint, checkpoints",
    "rnus, runs",
    "warehouse,",
    "x,",
    "'',",
  })
  void closestKeyIsSuggestedAndFarOnesAreNot(String word, String expected) {
    assertThat(Suggestions.closest(word, KEYS).orElse(null)).isEqualTo(expected);
  }
}
