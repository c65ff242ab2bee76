package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.Curve;
import io.gradzoo.jobs.report.Report.CurvePoint;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Errors against training sizes, a line each, with bars from the least to the largest over seeds.
 *
 * @param curves the first is what the others are measured against
 */
record ErrorChart(List<Curve> curves) {
  private static final double WIDTH = 720;
  private static final double HEIGHT = 300;
  private static final double CUT = 2;

  /**
   * The curves that are to be drawn: larger errors than twice the first curve's would hide the
   * others.
   */
  static List<Curve> drawn(List<Curve> curves) {
    double highest = CUT * curves.get(0).points().get(0).mean();
    return curves.stream()
        .filter(curve -> curve.points().stream().allMatch(point -> point.largest() <= highest))
        .toList();
  }

  Markup draw(String id) {
    double[] sizes = points().mapToDouble(CurvePoint::size).toArray();
    double[] errors =
        DoubleStream.concat(DoubleStream.of(0), points().mapToDouble(CurvePoint::largest))
            .toArray();
    Frame frame =
        new Frame(
            Axis.ofCounts("training networks", sizes, 10),
            Axis.covering("normalised squared error", errors, 6),
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
    for (CurvePoint point : curves.get(index).points()) {
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
    return curves.stream().flatMap(curve -> curve.points().stream());
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
