package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A logarithmic axis with ticks at 1, 2 and 5 times the powers of ten, or at these powers alone
 * where that would be many.
 *
 * @param title what is measured, with its unit
 * @param ticks at least two, positive, ascending
 */
record LogAxis(String title, List<Double> ticks) implements Axis {
  private static final int[] DIGITS = {1, 2, 5};
  private static final int MOST_DECADES = 4;
  private static final double LEAST = 1e-300;
  private static final double LARGEST = 1e300;

  /** An axis that covers the finite and positive ones of these values. */
  static LogAxis covering(String title, DoubleStream values) {
    double[] drawn = values.filter(v -> v >= LEAST && v <= LARGEST).sorted().toArray();
    double low = drawn.length == 0 ? 1 : drawn[0];
    double high = drawn.length == 0 ? 1 : drawn[drawn.length - 1];
    int first = (int) Math.floor(Math.log10(low)) - 1;
    int last = (int) Math.ceil(Math.log10(high)) + 1;
    int[] digits = Math.log10(high / low) > MOST_DECADES ? new int[] {1} : DIGITS;
    double[] candidates =
        IntStream.rangeClosed(first, last)
            .boxed()
            .flatMapToDouble(e -> IntStream.of(digits).mapToDouble(digit -> value(digit, e)))
            .toArray();
    double bottom = DoubleStream.of(candidates).filter(c -> c <= low).max().orElseThrow();
    double top =
        DoubleStream.of(candidates).filter(c -> c >= high && c > bottom).min().orElseThrow();
    return new LogAxis(
        title, DoubleStream.of(candidates).filter(c -> c >= bottom && c <= top).boxed().toList());
  }

  @Override
  public double low() {
    return ticks.get(0);
  }

  @Override
  public double high() {
    return ticks.get(ticks.size() - 1);
  }

  /** What is not positive lies at the low end. */
  @Override
  public double fraction(double value) {
    return Math.log(Math.max(value, low()) / low()) / Math.log(high() / low());
  }

  @Override
  public String label(double tick) {
    if (tick < 1e-5 || tick >= 1e7) {
      return String.format(Locale.ROOT, "%.0e", tick).replace('-', '−');
    }
    return Numbers.fixed(tick, Math.max(0, -(int) Math.floor(Math.log10(tick) + 1e-9)));
  }

  private static double value(int digit, int exponent) {
    return BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent).doubleValue();
  }
}
