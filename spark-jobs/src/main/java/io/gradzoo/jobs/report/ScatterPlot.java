package io.gradzoo.jobs.report;

import io.gradzoo.jobs.prediction.Prediction;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Predicted against true values, both on one scale, with the diagonal where they are equal. */
record ScatterPlot(String target, List<Prediction> points) {
  private static final double SIZE = 516;

  /** More would make the file heavy and show no more. */
  private static final int MOST = 5000;

  /** Draws the points; the n-th of these series, which are all there are, has the n-th look. */
  Markup draw(String id, List<String> series) {
    double[] values =
        points.stream().flatMapToDouble(p -> DoubleStream.of(p.truth(), p.predicted())).toArray();
    Axis x = LinearAxis.covering("true " + target, values, 8);
    Axis y = LinearAxis.covering("predicted " + target, values, 8);
    Frame frame = new Frame(x, y, SIZE, SIZE);
    String description =
        "Each of "
            + Numbers.count(points.size(), "test network")
            + " at its true and its predicted "
            + target
            + "; points on the diagonal are predicted exactly.";
    Svg svg = new Svg(id, SIZE, SIZE, "Predicted against true " + target, description);
    frame.draw(svg);
    svg.line(
        "diagonal",
        frame.atX(x.low()),
        frame.atY(x.low()),
        frame.atX(x.high()),
        frame.atY(x.high()));
    for (Prediction point : shown()) {
      if (Double.isFinite(point.truth()) && Double.isFinite(point.predicted())) {
        int index = series.indexOf(series(point));
        String marker =
            Series.marker(index, frame.atX(point.truth()), frame.atY(point.predicted()));
        svg.path("point " + Series.style(index), marker);
      }
    }
    return svg.end();
  }

  /** What a point is drawn as. */
  static String series(Prediction point) {
    return Series.of(point.architecture());
  }

  /** The points that are drawn: all, or every so-many-th. */
  List<Prediction> shown() {
    int stride = (points.size() + MOST - 1) / MOST;
    return stride <= 1
        ? points
        : IntStream.range(0, points.size())
            .filter(i -> i % stride == 0)
            .mapToObj(points::get)
            .toList();
  }
}
