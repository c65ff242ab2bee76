package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.Numbers;

/**
 * A drawing: inline SVG with a title and a description for those who cannot see it. Colours and
 * sizes come from the report's stylesheet by class; positions are in user units from the top left.
 */
final class Svg {
  private final Markup markup = new Markup();

  /**
   * @param id unique in the document
   */
  Svg(String id, double width, double height, String title, String description) {
    String box = "0 0 " + Numbers.coordinate(width) + " " + Numbers.coordinate(height);
    String labels = id + "-title " + id + "-desc";
    markup.open("svg", "viewBox", box, "role", "img", "aria-labelledby", labels);
    markup.element("title", title, "id", id + "-title");
    markup.element("desc", description, "id", id + "-desc");
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    markup.empty("line", "class", style, "x1", at(x1), "y1", at(y1), "x2", at(x2), "y2", at(y2));
    return this;
  }

  Svg path(String style, String data) {
    markup.empty("path", "class", style, "d", data);
    return this;
  }

  /** A rectangle that says something when it is pointed at. */
  Svg rectangle(String style, double x, double y, double width, double height, String tip) {
    markup.open(
        "rect", "class", style, "x", at(x), "y", at(y), "width", at(width), "height", at(height));
    markup.element("title", tip).close();
    return this;
  }

  /** Text; the style says at which of its ends it is held. */
  Svg text(String style, double x, double y, String content) {
    markup.element("text", content, "class", style, "x", at(x), "y", at(y));
    return this;
  }

  /** Text that reads upwards. */
  Svg uprightText(String style, double x, double y, String content) {
    String place = "translate(" + at(x) + " " + at(y) + ") rotate(-90)";
    markup.element("text", content, "class", style, "transform", place);
    return this;
  }

  /** Ends the drawing. */
  Markup end() {
    return markup.close();
  }

  private static String at(double value) {
    return Numbers.coordinate(value);
  }
}
