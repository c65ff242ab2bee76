package io.gradzoo.jobs.published;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A line of a CSV file. */
final class CsvLine {
  private CsvLine() {}

  /** The line of these cells; null is an empty one. */
  static String of(Object... cells) {
    return Arrays.stream(cells).map(CsvLine::cell).collect(Collectors.joining(",", "", "\n"));
  }

  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("[^\",\\n\\r]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
