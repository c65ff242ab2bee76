package io.gradzoo.jobs.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of charts that are alike in all: axes, legend, tooltip and the looks of series, of
 * which the n-th has the n-th colour and the n-th symbol, so that colour is not all. Colours are
 * variables of the stylesheet, light or dark as the page is.
 */
final class ChartOption {
  private static final int COLOURS = 6;
  private static final List<String> SYMBOLS = List.of("circle", "triangle", "rect", "diamond");
  private static final Map<String, Object> TEXT = Map.of("color", "var(--soft)");
  private static final Map<String, Object> GRID =
      map("show", true, "lineStyle", Map.of("color", "var(--grid)"));

  private ChartOption() {}

  /** Keys and values in turn, in this order. */
  static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /**
   * A whole chart.
   *
   * @param names of the series that the legend lists; none for no legend
   * @param trigger what a tooltip is about: an {@code item}, or all at a place of the {@code axis}
   */
  static Map<String, Object> chart(
      Map<String, Object> x,
      Map<String, Object> y,
      List<String> names,
      String trigger,
      List<Map<String, Object>> series) {
    Map<String, Object> legend =
        map("show", names.size() > 1, "top", 0, "right", 8, "type", "scroll", "data", names);
    legend.put("textStyle", Map.of("color", "var(--ink)"));
    legend.put("itemWidth", 18);
    legend.put("itemHeight", 9);
    legend.put("inactiveColor", "var(--grid)");
    return map(
        "animation",
        false,
        "textStyle",
        Map.of("fontFamily", "system-ui, sans-serif"),
        "grid",
        map("left", 40, "right", 28, "top", 34, "bottom", 30, "containLabel", true),
        "legend",
        legend,
        "tooltip",
        map(
            "trigger",
            trigger,
            "confine",
            true,
            "transitionDuration",
            0,
            "backgroundColor",
            "var(--page)",
            "borderColor",
            "var(--rule)",
            "textStyle",
            Map.of("color", "var(--ink)")),
        "xAxis",
        x,
        "yAxis",
        y,
        "series",
        series);
  }

  /** A horizontal axis of this type, such as {@code value}. */
  static Map<String, Object> x(String type, String title) {
    return axis(type, title, 28);
  }

  /** A vertical one. */
  static Map<String, Object> y(String type, String title) {
    Map<String, Object> axis = axis(type, title, 46);
    axis.put("axisLine", Map.of("show", false));
    return axis;
  }

  private static Map<String, Object> axis(String type, String title, int gap) {
    return map(
        "type", type,
        "name", title,
        "nameLocation", "middle",
        "nameGap", gap,
        "nameTextStyle", TEXT,
        "scale", true,
        "axisLabel", TEXT,
        "axisLine", Map.of("lineStyle", Map.of("color", "var(--soft)")),
        "axisTick", Map.of("lineStyle", Map.of("color", "var(--soft)")),
        "splitLine", GRID,
        "minorSplitLine", map("show", type.equals("log"), "lineStyle", GRID.get("lineStyle")));
  }

  /** The n-th colour. */
  static String colour(int look) {
    return "var(--s" + look % COLOURS + ")";
  }

  /** A series with the n-th look. */
  static Map<String, Object> series(String type, String name, int look, List<?> data) {
    Map<String, Object> colour = Map.of("color", colour(look));
    return map(
        "type", type,
        "name", name,
        "symbol", SYMBOLS.get(look % SYMBOLS.size()),
        "itemStyle", colour,
        "lineStyle", colour,
        "emphasis", Map.of("disabled", true),
        "data", data);
  }

  /**
   * A point.
   *
   * @param tip rows of its tooltip, each a name and a value
   */
  static Map<String, Object> point(Object x, Object y, List<List<String>> tip) {
    return map("value", List.of(x, y), "tip", tip);
  }
}
