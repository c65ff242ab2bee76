package io.gradzoo.jobs.report.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "0.0123, 12 ms",
    "0.9994, 999 ms",
    "0.9996, 1.0 s",
    "12.34, 12.3 s",
    "99.94, 99.9 s",
    "99.96, 1 min 40 s",
    "3599.4, 59 min 59 s",
    "3599.6, 1 h 0 min",
    "90000, 25 h 0 min",
    "NaN, –"
  })
  void durationsTakeTheUnitThatFits(double seconds, String text) {
    assertThat(Numbers.duration(seconds)).isEqualTo(text);
  }

  @Test
  void decimalsRoundAndMinusIsAMinus() {
    assertThat(Numbers.fixed(-0.1236, 3)).isEqualTo("−0.124");
    assertThat(Numbers.fixed(-0.0004, 3)).isEqualTo("0.000");
    assertThat(Numbers.fixed(12345.6, 1)).isEqualTo("12,345.6");
    assertThat(Numbers.fixed(Double.NaN, 3)).isEqualTo("–");
    assertThat(Numbers.fixed(Double.NEGATIVE_INFINITY, 3)).isEqualTo("−∞");
  }

  @Test
  void nounsAgreeWithTheirCounts() {
    assertThat(Numbers.count(1, "network")).isEqualTo("1 network");
    assertThat(Numbers.count(2000, "network")).isEqualTo("2,000 networks");
  }

  @Test
  void coordinatesAreShort() {
    assertThat(Numbers.coordinate(12.345678)).isEqualTo("12.35");
    assertThat(Numbers.coordinate(100)).isEqualTo("100");
    assertThat(Numbers.coordinate(-0.001)).isEqualTo("0");
  }
}
