package io.gradzoo.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogAxisTest {
  @Test
  void ticksAreOneTwoAndFiveTimesPowersOfTen() {
    assertThat(axis(0.0041, 0.67).ticks())
        .containsExactly(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0);
    assertThat(axis(0.2, 5).ticks()).containsExactly(0.2, 0.5, 1.0, 2.0, 5.0);
    assertThat(axis(0.3, 40_000).ticks())
        .containsExactly(0.1, 1.0, 10.0, 100.0, 1000.0, 10_000.0, 100_000.0);
  }

  @Test
  void anyTwoValuesAreCovered() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      double low = Math.pow(10, random.nextDouble(-20, 20));
      double high = low * Math.pow(10, random.nextDouble(0, 5));
      LogAxis axis = axis(low, high);

      assertThat(axis.low()).isLessThanOrEqualTo(low);
      assertThat(axis.high()).isGreaterThanOrEqualTo(high);
      assertThat(axis.ticks()).hasSizeBetween(2, 15).isSorted();
    }
  }

  @Test
  void equalRatiosLieEquallyFarApart() {
    LogAxis axis = axis(0.01, 1);

    assertThat(axis.fraction(0.01)).isZero();
    assertThat(axis.fraction(0.1)).isCloseTo(0.5, within(1e-12));
    assertThat(axis.fraction(1)).isEqualTo(1);
    assertThat(axis.fraction(0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0, 0", "-3, NaN", "0, Infinity", "1e-310, 1e-310", "1e300, 1e300"})
  void valuesThatSpanNothingStillGiveAnAxis(double low, double high) {
    assertThat(axis(low, high).high()).isGreaterThan(axis(low, high).low());
  }

  @Test
  void labelsHaveTheDecimalsOfTheirTicks() {
    assertThat(labels(axis(0.006, 0.03))).containsExactly("0.005", "0.01", "0.02", "0.05");
    assertThat(labels(axis(20, 900))).containsExactly("20", "50", "100", "200", "500", "1,000");
    assertThat(labels(axis(2e-8, 4e-8))).containsExactly("2e−08", "5e−08");
  }

  private static LogAxis axis(double low, double high) {
    return LogAxis.covering("x", DoubleStream.of(low, high));
  }

  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(axis::label).toList();
  }
}
