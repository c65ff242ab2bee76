package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.PlotPoint;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Points, both axes on one scale, with the diagonal where they are equal. */
record ScatterPlot(ReportBlock.Scatter scatter) {
  private static final double SIZE = 516;

  /** More would make the file heavy and show no more. */
  private static final int MOST = 5000;

  /** Draws the points; the n-th of these series, which are all there are, has the n-th look. */
  Markup draw(String id, List<String> series) {
    double[] values =
        scatter.points().stream().flatMapToDouble(p -> DoubleStream.of(p.x(), p.y())).toArray();
    Axis x = LinearAxis.covering(scatter.x(), values, 8);
    Axis y = LinearAxis.covering(scatter.y(), values, 8);
    Frame frame = new Frame(x, y, SIZE, SIZE);
    Svg svg = new Svg(id, SIZE, SIZE, scatter.title() + ": " + scatter.y(), description());
    frame.draw(svg);
    svg.line(
        "diagonal",
        frame.atX(x.low()),
        frame.atY(x.low()),
        frame.atX(x.high()),
        frame.atY(x.high()));
    for (PlotPoint point : shown()) {
      if (point.finite()) {
        int index = series.indexOf(point.series());
        String marker = Series.marker(index, frame.atX(point.x()), frame.atY(point.y()));
        svg.path("point " + Series.style(index), marker);
      }
    }
    return svg.end();
  }

  private String description() {
    return "Each of "
        + Numbers.count(scatter.points().size(), scatter.noun())
        + " at "
        + scatter.x()
        + " and "
        + scatter.y()
        + "; points on the diagonal are "
        + scatter.diagonal()
        + ".";
  }

  /** The points that are drawn: all, or every so-many-th. */
  List<PlotPoint> shown() {
    List<PlotPoint> points = scatter.points();
    int stride = (points.size() + MOST - 1) / MOST;
    return stride <= 1
        ? points
        : IntStream.range(0, points.size())
            .filter(i -> i % stride == 0)
            .mapToObj(points::get)
            .toList();
  }
}
