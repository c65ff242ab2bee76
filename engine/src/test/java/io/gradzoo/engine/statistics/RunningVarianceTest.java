package io.gradzoo.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunningVarianceTest {
  private static final MathContext DIGITS = new MathContext(60);

  @ParameterizedTest(name = "{0}")
  @MethodSource("numbers")
  void meanAndDeviationAreThoseOfExactArithmetic(String name, double[] values, double error) {
    BigDecimal mean = exactMean(values);
    double deviation = exactDeviation(values, mean);
    RunningVariance whole = of(values);
    assertThat(relative(whole.mean(), mean.doubleValue())).isLessThan(1e-14);
    assertThat(relative(whole.deviation(), deviation)).isLessThan(error);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("numbers")
  void partsThatAreMergedGiveWhatTheWholeGives(String name, double[] values, double error) {
    BigDecimal mean = exactMean(values);
    double deviation = exactDeviation(values, mean);
    for (int cut : new int[] {0, 1, values.length / 3, values.length}) {
      RunningVariance merged = of(Arrays.copyOfRange(values, 0, cut));
      merged.add(of(Arrays.copyOfRange(values, cut, values.length)));
      assertThat(relative(merged.mean(), mean.doubleValue()))
          .as("cut at %d", cut)
          .isLessThan(1e-13);
      assertThat(relative(merged.deviation(), deviation)).as("cut at %d", cut).isLessThan(error);
    }
  }

  static Stream<Arguments> numbers() {
    SplittableRandom random = new SplittableRandom(7);
    double[] normal = random.doubles(1000).map(u -> 3 * u - 1).toArray();
    return Stream.of(
        Arguments.of("around zero", normal, 1e-13),
        Arguments.of("far from zero", shifted(normal, 1e8), 1e-8),
        Arguments.of("huge", scaled(normal, 1e150), 1e-13),
        Arguments.of("tiny", scaled(normal, 1e-150), 1e-13),
        Arguments.of("one among many", one(), 1e-13),
        Arguments.of("float32 neighbours", new double[] {0.1f, Math.nextUp(0.1f)}, 1e-8));
  }

  @Test
  void equalNumbersHaveNoVarianceHoweverTheyAreCut() {
    for (float value : new float[] {0.1f, -3.3e-38f, 1e30f, 0}) {
      RunningVariance equal = new RunningVariance();
      for (int part = 1; part <= 7; part++) {
        double[] values = new double[3 * part];
        Arrays.fill(values, value);
        equal.add(of(values));
      }
      equal.add(value);
      assertThat(equal.mean()).isEqualTo(value);
      assertThat(equal.variance()).isZero();
      assertThat(equal.floatScale()).isEqualTo(1f);
    }
  }

  @Test
  void numbersThatDifferByRoundingAloneAreNotBlownUp() {
    float[] rounded = {0.1f, Math.nextUp(0.1f), Math.nextDown(0.1f), 0.1f};
    RunningVariance noise = new RunningVariance();
    for (float value : rounded) {
      noise.add(value);
    }
    assertThat(noise.deviation()).isPositive();
    assertThat(noise.floatScale()).isEqualTo(1f);
  }

  @Test
  void smallButRealDifferencesCount() {
    assertThat(of(new double[] {0.1f, 0.1f + 1e-6f}).floatScale()).isCloseTo(5e-7f, near(0.02f));
    assertThat(of(new double[] {1e-30f, 3e-30f}).floatScale()).isCloseTo(1e-30f, near(1e-6f));
    assertThat(of(new double[] {-3e38f, 3e38f}).floatScale()).isCloseTo(3e38f, near(1e-6f));
  }

  @Test
  void differencesTooSmallForFloatsDoNotDivide() {
    assertThat(of(new double[] {0, Float.MIN_VALUE}).floatScale()).isEqualTo(1f);
  }

  @Test
  void theSmallestSpreadThatDividesIsTheSmallestNormalFloat() {
    float least = Float.MIN_NORMAL;
    assertThat(of(new double[] {0, 2 * least}).floatScale()).isEqualTo(least);
  }

  @Test
  void aSpreadOfExactlyFourUnitsInTheLastPlaceIsRounding() {
    double unit = 0x1p-21;
    assertThat(of(new double[] {1 - unit, 1 + unit}).floatScale()).isEqualTo(1f);
    assertThat(of(new double[] {1 - 2 * unit, 1 + 2 * unit}).floatScale())
        .isEqualTo((float) (2 * unit));
  }

  @Test
  void nothingHasNoSpread() {
    assertThat(new RunningVariance().variance()).isZero();
    assertThat(new RunningVariance().floatScale()).isEqualTo(1f);
  }

  private static RunningVariance of(double[] values) {
    RunningVariance all = new RunningVariance();
    for (double value : values) {
      all.add(value);
    }
    return all;
  }

  private static org.assertj.core.data.Percentage near(float share) {
    return org.assertj.core.data.Percentage.withPercentage(100 * share);
  }

  private static double[] shifted(double[] values, double by) {
    return Arrays.stream(values).map(v -> v + by).toArray();
  }

  private static double[] scaled(double[] values, double by) {
    return Arrays.stream(values).map(v -> v * by).toArray();
  }

  private static double[] one() {
    double[] values = new double[10_000];
    values[1234] = 1e10;
    return values;
  }

  private static BigDecimal exactMean(double[] values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.divide(BigDecimal.valueOf(values.length), DIGITS);
  }

  private static double exactDeviation(double[] values, BigDecimal mean) {
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      BigDecimal distance = new BigDecimal(value).subtract(mean);
      squares = squares.add(distance.multiply(distance));
    }
    return squares.divide(BigDecimal.valueOf(values.length), DIGITS).sqrt(DIGITS).doubleValue();
  }

  private static double relative(double found, double exact) {
    return Math.abs(found - exact) / Math.abs(exact);
  }
}
