package io.gradzoo.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearAxisTest {
  @Test
  void ticksAreRoundNumbersAroundTheValues() {
    assertThat(axis(0.13, 0.97).ticks()).containsExactly(0.0, 0.2, 0.4, 0.6, 0.8, 1.0);
    assertThat(axis(0.1, 0.3).ticks()).containsExactly(0.1, 0.15, 0.2, 0.25, 0.3);
    assertThat(axis(1, 60).ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0);
    assertThat(axis(-7, 12).ticks()).containsExactly(-10.0, -5.0, 0.0, 5.0, 10.0, 15.0);
  }

  @Test
  void anyTwoValuesAreCoveredByAFewSteps() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      double scale = Math.pow(10, random.nextInt(-30, 30));
      double low = (random.nextDouble() - 0.5) * scale;
      double high = low + random.nextDouble() * scale;
      LinearAxis axis = axis(low, high);

      assertThat(axis.low()).isLessThanOrEqualTo(low + 1e-8 * scale);
      assertThat(axis.high()).isGreaterThanOrEqualTo(high - 1e-8 * scale);
      assertThat(axis.ticks()).hasSizeBetween(2, 7);
      assertThat(axis.step().unscaledValue().intValue()).isIn(1, 2, 5);
    }
  }

  @Test
  void countsHaveNoTicksBetweenWholeNumbers() {
    assertThat(LinearAxis.ofCounts("n", new double[] {0, 1}, 6).ticks()).containsExactly(0.0, 1.0);
    assertThat(LinearAxis.ofCounts("n", new double[] {1, 1}, 6).ticks())
        .containsExactly(0.0, 1.0, 2.0);
    assertThat(LinearAxis.ofCounts("n", new double[] {1, 60}, 6).ticks()).hasSize(7);
  }

  @Test
  void valuesLieInProportion() {
    LinearAxis axis = axis(0, 10);

    assertThat(axis.fraction(0)).isZero();
    assertThat(axis.fraction(2.5)).isCloseTo(0.25, within(1e-12));
    assertThat(axis.fraction(10)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "3, 3",
    "-2, -2",
    "NaN, NaN",
    "Infinity, -Infinity",
    "1, 1.0000000000000002",
    "0, 4.9e-324",
    "1e-310, 2e-310",
    "-1.7e308, 1.7e308",
    "1e300, 1.0000000000000002e300"
  })
  void valuesThatSpanNothingStillGiveAnAxis(double low, double high) {
    LinearAxis axis = axis(low, high);

    assertThat(axis.high()).isGreaterThan(axis.low());
  }

  @Test
  void labelsHaveTheDecimalsOfTheStep() {
    assertThat(labels(axis(0.1, 0.3))).containsExactly("0.10", "0.15", "0.20", "0.25", "0.30");
    assertThat(labels(axis(-2900, 1100)))
        .containsExactly("−3,000", "−2,000", "−1,000", "0", "1,000", "2,000");
    assertThat(labels(axis(0, 4e30)))
        .containsExactly("0.0e+00", "1.0e+30", "2.0e+30", "3.0e+30", "4.0e+30");
  }

  private static LinearAxis axis(double low, double high) {
    return LinearAxis.covering("x", new double[] {low, high}, 6);
  }

  private static List<String> labels(LinearAxis axis) {
    return axis.ticks().stream().map(axis::label).toList();
  }
}
