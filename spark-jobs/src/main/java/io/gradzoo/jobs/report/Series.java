package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The looks of series: the n-th has the n-th colour and the n-th marker, so that colour is not all.
 */
final class Series {
  private static final int COLOURS = 6;

  private Series() {}

  /** The style class of a series. */
  static String style(int index) {
    return "series" + index % COLOURS;
  }

  /** Path of a marker around a point: a disc, triangle, square or diamond. */
  static String marker(int index, double x, double y) {
    String start = "M" + at(x) + " " + at(y);
    return switch (index % 4) {
      case 0 -> start + "m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z";
      case 1 -> start + "m0-4l3.7 6.4h-7.4z";
      case 2 -> start + "m-2.9-2.9h5.8v5.8h-5.8z";
      default -> start + "m0-4.1l4.1 4.1l-4.1 4.1l-4.1-4.1z";
    };
  }

  /** The list that says which series is which; the first has the n-th look. */
  static Markup legend(List<String> names, int first) {
    Markup list = new Markup().open("ul", "class", "legend");
    for (int i = 0; i < names.size(); i++) {
      list.open("li");
      list.open("svg", "viewBox", "-6 -6 12 12", "class", "swatch", "aria-hidden", "true");
      list.empty("path", "class", "fill " + style(first + i), "d", marker(first + i, 0, 0)).close();
      list.text(names.get(i)).close();
    }
    return list.close();
  }

  /** The distinct names in their first order. */
  static List<String> distinct(List<String> names) {
    return new ArrayList<>(new LinkedHashSet<>(names));
  }

  private static String at(double value) {
    return Numbers.coordinate(value);
  }
}
