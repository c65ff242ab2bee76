package io.gradzoo.jobs.report;

import java.util.Arrays;
import java.util.List;

/**
 * Values over rounds, one line a series.
 *
 * @param y title of the vertical axis
 * @param rounds round numbers, ascending
 * @param lines the series, each with a value a round; NaN where it was not measured, which the line
 *     passes over
 */
record LineChart(String title, String y, List<Integer> rounds, List<Line> lines) {
  private static final double WIDTH = 516;
  private static final double HEIGHT = 240;

  /** A series. */
  record Line(String name, List<Double> values) {}

  Markup draw(String id, int firstStyle) {
    double[] all = lines.stream().flatMap(l -> l.values().stream()).mapToDouble(v -> v).toArray();
    double[] numbers = rounds.stream().mapToDouble(r -> r).toArray();
    Frame frame =
        new Frame(
            LinearAxis.ofCounts("round", numbers, 8),
            LinearAxis.covering(y, all, 5),
            WIDTH,
            HEIGHT);
    Svg svg = new Svg(id, WIDTH, HEIGHT, title, description());
    frame.draw(svg);
    for (int i = 0; i < lines.size(); i++) {
      String style = Series.style(firstStyle + i);
      svg.path("line " + style, path(frame, lines.get(i)));
      lastPoint(svg, frame, lines.get(i), firstStyle + i);
    }
    return svg.end();
  }

  private String path(Frame frame, Line line) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < rounds.size(); i++) {
      double value = line.values().get(i);
      if (Double.isFinite(value)) {
        path.append(path.isEmpty() ? 'M' : 'L')
            .append(Numbers.coordinate(frame.atX(rounds.get(i))))
            .append(' ')
            .append(Numbers.coordinate(frame.atY(value)));
      }
    }
    return path.toString();
  }

  private void lastPoint(Svg svg, Frame frame, Line line, int index) {
    int last = lastFinite(line);
    if (last >= 0) {
      double x = frame.atX(rounds.get(last));
      double y = frame.atY(line.values().get(last));
      svg.path("fill " + Series.style(index), Series.marker(index, x, y));
    }
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      double[] finite =
          line.values().stream().mapToDouble(v -> v).filter(Double::isFinite).toArray();
      if (finite.length > 0) {
        text.append(line.name()).append(" goes from ");
        text.append(Numbers.fixed(finite[0], 4)).append(" to ");
        text.append(Numbers.fixed(finite[finite.length - 1], 4)).append(" (lowest ");
        text.append(Numbers.fixed(Arrays.stream(finite).min().orElseThrow(), 4));
        text.append(", highest ");
        text.append(Numbers.fixed(Arrays.stream(finite).max().orElseThrow(), 4)).append("). ");
      }
    }
    return text.toString().strip();
  }

  private static int lastFinite(Line line) {
    for (int i = line.values().size() - 1; i >= 0; i--) {
      if (Double.isFinite(line.values().get(i))) {
        return i;
      }
    }
    return -1;
  }
}
