package io.gradzoo.jobs.zoo;

import java.util.Locale;

/** Counts of bytes in words. */
final class ByteCount {
  private static final double STEP = 1000;
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private ByteCount() {}

  /** Such as {@code 12.3 MB}. */
  static String words(long bytes) {
    double size = bytes / STEP;
    int unit = 0;
    while (size >= STEP && unit + 1 < UNITS.length) {
      size /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }
}
