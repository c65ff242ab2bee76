package io.gradzoo.jobs.report;

/**
 * The two axes of a plot, their grid and the place they leave for what is plotted.
 *
 * @param width of the drawing, axis labels included
 * @param height of the drawing, axis labels included
 */
record Frame(Axis x, Axis y, double width, double height) {
  private static final double LEFT = 58;
  private static final double RIGHT = 24;
  private static final double TOP = 10;
  private static final double BOTTOM = 46;

  /** Draws grid, ticks and titles. */
  void draw(Svg svg) {
    for (double tick : y.ticks()) {
      svg.line("grid", LEFT, atY(tick), width - RIGHT, atY(tick));
      svg.text("tick end", LEFT - 8, atY(tick) + 4, y.label(tick));
    }
    for (double tick : x.ticks()) {
      svg.line("grid", atX(tick), TOP, atX(tick), height - BOTTOM);
      svg.text("tick middle", atX(tick), height - BOTTOM + 18, x.label(tick));
    }
    svg.line("axis", LEFT, height - BOTTOM, width - RIGHT, height - BOTTOM);
    svg.text("label middle", (LEFT + width - RIGHT) / 2, height - 6, x.title());
    svg.uprightText("label middle", 13, (TOP + height - BOTTOM) / 2, y.title());
  }

  double atX(double value) {
    return LEFT + x.fraction(value) * (width - LEFT - RIGHT);
  }

  double atY(double value) {
    return height - BOTTOM - y.fraction(value) * (height - TOP - BOTTOM);
  }
}
