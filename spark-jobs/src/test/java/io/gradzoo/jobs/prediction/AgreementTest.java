package io.gradzoo.jobs.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Against a table made in exact arithmetic by the script beside it. */
class AgreementTest {

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "agreement.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      maxCharsPerColumn = 8192)
  void equalsExactArithmetic(
      String name,
      String predicted,
      String truth,
      double tau,
      double r2,
      double meanAbsoluteError,
      double meanSquaredError) {
    Agreement found = Agreement.of(numbers(predicted), numbers(truth));

    assertEqual("τ", found.tau(), tau, 1e-12);
    assertEqual("R²", found.r2(), r2, 1e-12 * (1 + Math.abs(r2)));
    assertEqual(
        "mean absolute error",
        found.meanAbsoluteError(),
        meanAbsoluteError,
        1e-12 * meanAbsoluteError);
    assertEqual(
        "mean squared error", found.meanSquaredError(), meanSquaredError, 1e-12 * meanSquaredError);
  }

  @Test
  void ranksOfOneNumberDoNotExist() {
    assertThatThrownBy(() -> Agreement.of(new double[] {1}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at least 2 pairs");
    assertThatThrownBy(() -> Agreement.of(new double[] {1, 2, 3}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 predictions of 2");
  }

  private static void assertEqual(String score, double found, double expected, double tolerance) {
    if (Double.isFinite(expected)) {
      assertThat(found).as(score).isCloseTo(expected, within(tolerance));
    } else {
      assertThat(Double.valueOf(found)).as(score).isEqualTo(Double.valueOf(expected));
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
