package io.gradzoo.jobs.report.block;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as the report writes them, the same in every locale. */
public final class Numbers {
  /** Stands for a number that does not exist. */
  public static final String NONE = "–";

  private Numbers() {}

  /** With so many decimals and a true minus sign; {@link #NONE} for NaN. */
  public static String fixed(double value, int decimals) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return zero ? text.replace("-", "") : text.replace('-', '−');
  }

  /** With thousands set apart. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace('-', '−');
  }

  /** A count and its noun, which takes an s unless there is one. */
  public static String count(long value, String noun) {
    return count(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** A time in the unit that fits it, such as {@code 3 min 20 s}. */
  public static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return NONE;
    }
    if (seconds < 0.9995) {
      return fixed(seconds * 1000, 0) + " ms";
    }
    if (seconds < 99.95) {
      return fixed(seconds, 1) + " s";
    }
    long whole = Math.round(seconds);
    if (whole < 3600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    long minutes = Math.round(seconds / 60);
    return count(minutes / 60) + " h " + minutes % 60 + " min";
  }

  /** A position in a drawing: two decimals, none that are zero. */
  public static String coordinate(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
