package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis from one multiple of its step to another; the step is 1, 2 or 5 times a power of
 * ten.
 *
 * @param title what is measured, with its unit
 * @param step distance of ticks
 * @param first the lowest tick, in steps
 * @param last the highest tick, in steps, above the first
 */
record LinearAxis(String title, BigDecimal step, long first, long last) implements Axis {
  /** Values beyond this, and differences below that, are not drawn: they would overflow. */
  private static final double LARGEST = 1e300;

  private static final double NARROWEST = 1e-280;
  private static final int SMALLEST_EXPONENT = -300;

  /**
   * An axis that covers the finite ones of these values.
   *
   * @param most how many intervals there may be, at least 2
   */
  static LinearAxis covering(String title, double[] values, int most) {
    return covering(title, values, most, SMALLEST_EXPONENT);
  }

  /** An axis of whole numbers, such as counts, that covers these. */
  static LinearAxis ofCounts(String title, double[] values, int most) {
    return covering(title, values, most, 0);
  }

  @Override
  public double fraction(double value) {
    return (value - low()) / (high() - low());
  }

  @Override
  public double low() {
    return value(first);
  }

  @Override
  public double high() {
    return value(last);
  }

  @Override
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(value(i));
    }
    return ticks;
  }

  /** As many decimals as the step has. */
  @Override
  public String label(double tick) {
    double largest = Math.max(Math.abs(low()), Math.abs(high()));
    if (step.doubleValue() < 1e-5 || largest >= 1e7) {
      return String.format(Locale.ROOT, "%.1e", tick).replace('-', '−');
    }
    return Numbers.fixed(tick, Math.max(0, step.scale()));
  }

  private double value(long steps) {
    return step.multiply(BigDecimal.valueOf(steps)).doubleValue();
  }

  private static LinearAxis covering(String title, double[] values, int most, int leastExponent) {
    double[] drawn =
        Arrays.stream(values).filter(value -> Math.abs(value) <= LARGEST).sorted().toArray();
    if (drawn.length == 0) {
      return covering(title, 0, 1, most, leastExponent);
    }
    double low = drawn[0];
    double high = drawn[drawn.length - 1];
    if (high - low < NARROWEST) {
      double margin = Math.abs(low) < NARROWEST ? 1 : Math.abs(low) / 2;
      return covering(title, low - margin, high + margin, most, leastExponent);
    }
    return covering(title, low, high, most, leastExponent);
  }

  /** The first of the steps 1, 2, 5, 10, … · 10^leastExponent that needs few enough intervals. */
  private static LinearAxis covering(
      String title, double low, double high, int most, int leastExponent) {
    // Values are compared to a billionth of a step, so that 0.3 is three steps of 0.1.
    double slack = 1e-9;
    int close = (int) Math.floor(Math.log10((high - low) / most)) - 1;
    for (int exponent = Math.max(leastExponent, close); ; exponent++) {
      for (int digit : new int[] {1, 2, 5}) {
        BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
        long first = (long) Math.floor(low / step.doubleValue() + slack);
        long last = (long) Math.ceil(high / step.doubleValue() - slack);
        if (last - first <= most) {
          return new LinearAxis(title, step, first, Math.max(last, first + 1));
        }
      }
    }
  }
}
