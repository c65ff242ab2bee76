package io.gradzoo.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Map;

/**
 * A chart as a value: an option of Apache ECharts, which draws it where the page is read ({@link
 * ChartRuntime}).
 *
 * @param size its look, a class of the stylesheet
 * @param title what it shows, for those who cannot see it
 * @param description its gist, for them
 * @param option what ECharts takes: maps, lists, texts, numbers and truth values
 */
record Chart(Size size, String title, String description, Map<String, Object> option) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The place of a chart on the page. */
  enum Size {
    LINES,
    SQUARE,
    WIDE
  }

  Markup draw() {
    return draw(0);
  }

  /**
   * The place of the drawing, with what is drawn there beside it.
   *
   * @param rows how many rows a chart has that grows with them; 0 of others
   */
  Markup draw(int rows) {
    Markup markup = new Markup().open("div", "class", "chart");
    markup.data(json());
    String look = "drawing " + size.name().toLowerCase(Locale.ROOT);
    String label = title + ". " + description;
    if (rows > 0) {
      markup.open("div", "class", look, "role", "img", "aria-label", label, "data-rows", "" + rows);
    } else {
      markup.open("div", "class", look, "role", "img", "aria-label", label);
    }
    return markup.close().close();
  }

  private String json() {
    try {
      return JSON.writeValueAsString(option);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
