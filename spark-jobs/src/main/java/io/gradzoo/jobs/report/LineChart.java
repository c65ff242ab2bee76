package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.Line;
import java.util.Arrays;

/** Values over counts, one line a series. */
record LineChart(ReportBlock.Lines chart) {
  private static final double WIDTH = 516;
  private static final double HEIGHT = 240;

  Markup draw(String id, int firstStyle) {
    double[] all =
        chart.lines().stream().flatMap(l -> l.values().stream()).mapToDouble(v -> v).toArray();
    double[] numbers = chart.positions().stream().mapToDouble(r -> r).toArray();
    Frame frame =
        new Frame(
            LinearAxis.ofCounts(chart.x(), numbers, 8),
            LinearAxis.covering(chart.y(), all, 5),
            WIDTH,
            HEIGHT);
    Svg svg = new Svg(id, WIDTH, HEIGHT, chart.title() + " by " + chart.x(), description());
    frame.draw(svg);
    for (int i = 0; i < chart.lines().size(); i++) {
      String style = Series.style(firstStyle + i);
      svg.path("line " + style, path(frame, chart.lines().get(i)));
      lastPoint(svg, frame, chart.lines().get(i), firstStyle + i);
    }
    return svg.end();
  }

  private String path(Frame frame, Line line) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < chart.positions().size(); i++) {
      double value = line.values().get(i);
      if (Double.isFinite(value)) {
        path.append(path.isEmpty() ? 'M' : 'L')
            .append(Numbers.coordinate(frame.atX(chart.positions().get(i))))
            .append(' ')
            .append(Numbers.coordinate(frame.atY(value)));
      }
    }
    return path.toString();
  }

  private void lastPoint(Svg svg, Frame frame, Line line, int index) {
    int last = lastFinite(line);
    if (last >= 0) {
      double x = frame.atX(chart.positions().get(last));
      double y = frame.atY(line.values().get(last));
      svg.path("fill " + Series.style(index), Series.marker(index, x, y));
    }
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (Line line : chart.lines()) {
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
