package io.gradzoo.jobs.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The script that draws the charts of a page: Apache ECharts, with its licences, and how this
 * program uses it. It stands in a page once, whatever the number of charts; it fetches nothing and
 * evaluates no text.
 */
final class ChartRuntime {
  private static final String SCRIPT =
      """
      "use strict";
      /*
      %s*/
      if (!window.echarts) {
      (function (define, exports, module) {
      %s
      }).call(window);
      }
      %s""";

  private ChartRuntime() {}

  /** Its text, the same in every page. */
  static String script() {
    return SCRIPT.formatted(
        resource("echarts/licences.txt"),
        resource("echarts/echarts.common.min.js"),
        resource("charts.js"));
  }

  /** A file beside this class. */
  static String resource(String name) {
    try (InputStream file = ChartRuntime.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
