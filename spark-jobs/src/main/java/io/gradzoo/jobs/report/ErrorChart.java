package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.Curve;
import io.gradzoo.jobs.report.Report.CurvePoint;
import io.gradzoo.jobs.report.block.Numbers;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Errors against training sizes, both on logarithmic axes: a line each, with bars from the least to
 * the largest over seeds.
 */
record ErrorChart(List<Curve> curves) {
  private static final double WIDTH = 1072;
  private static final double HEIGHT = 400;

  Markup draw(String id) {
    DoubleStream sizes = points().mapToDouble(CurvePoint::size);
    DoubleStream errors = points().flatMapToDouble(p -> DoubleStream.of(p.least(), p.largest()));
    Frame frame =
        new Frame(
            LogAxis.covering("training networks", sizes),
            LogAxis.covering("normalised squared error", errors),
            WIDTH,
            HEIGHT);
    Svg svg = new Svg(id, WIDTH, HEIGHT, "Error by training networks", description());
    frame.draw(svg);
    for (int i = 0; i < curves.size(); i++) {
      curve(svg, frame, i);
    }
    return svg.end();
  }

  private void curve(Svg svg, Frame frame, int index) {
    StringBuilder path = new StringBuilder();
    for (CurvePoint point : measured(curves.get(index)).toList()) {
      double x = frame.atX(point.size());
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(Numbers.coordinate(x))
          .append(' ')
          .append(Numbers.coordinate(frame.atY(point.mean())));
      svg.line(
          "line " + Series.style(index),
          x,
          frame.atY(point.largest()),
          x,
          frame.atY(point.least()));
      svg.path("fill " + Series.style(index), Series.marker(index, x, frame.atY(point.mean())));
    }
    svg.path("line " + Series.style(index), path.toString());
  }

  private Stream<CurvePoint> points() {
    return curves.stream().flatMap(ErrorChart::measured);
  }

  /** The points whose errors are numbers: a study writes no others, but files can be edited. */
  private static Stream<CurvePoint> measured(Curve curve) {
    return curve.points().stream().filter(point -> Double.isFinite(point.largest()));
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (Curve curve : curves) {
      CurvePoint last = curve.points().get(curve.points().size() - 1);
      text.append(curve.name())
          .append(": ")
          .append(Numbers.fixed(last.mean(), 5))
          .append(" with ")
          .append(Numbers.count(last.size(), "network"))
          .append(". ");
    }
    return text.toString().strip();
  }
}
