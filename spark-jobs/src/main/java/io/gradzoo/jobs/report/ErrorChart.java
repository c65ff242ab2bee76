package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.Curve;
import io.gradzoo.jobs.report.Report.CurvePoint;
import io.gradzoo.jobs.report.block.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Errors against training sizes, both on logarithmic axes: a line each, with bars from the least to
 * the largest over seeds.
 */
record ErrorChart(List<Curve> curves) {
  Chart chart() {
    List<Map<String, Object>> series = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      List<CurvePoint> points = measured(curves.get(i));
      String name = curves.get(i).name();
      Map<String, Object> line =
          ChartOption.series("line", name, i, points.stream().map(p -> point(name, p)).toList());
      line.put("symbolSize", 8);
      series.add(line);
      Map<String, Object> bars = ChartOption.series("line", name, i, bars(points));
      bars.put("symbol", "none");
      bars.put("silent", true);
      series.add(bars);
    }
    Map<String, Object> x = ChartOption.x("log", "training networks");
    x.put("min", "dataMin");
    x.put("max", "dataMax");
    return new Chart(
        Chart.Size.WIDE,
        "Error by training networks",
        description(),
        ChartOption.chart(
            x,
            ChartOption.y("log", "normalised squared error"),
            curves.stream().map(Curve::name).toList(),
            "item",
            series));
  }

  private static Map<String, Object> point(String name, CurvePoint point) {
    List<List<String>> tip =
        List.of(
            List.of("estimator", name),
            List.of("training networks", Numbers.count(point.size())),
            List.of("error", Numbers.fixed(point.mean(), 5)),
            List.of("least", Numbers.fixed(point.least(), 5)),
            List.of("largest", Numbers.fixed(point.largest(), 5)));
    return ChartOption.point(point.size(), point.mean(), tip);
  }

  /** An upright stroke for each point: its ends, and a gap to the next. */
  private static List<List<Object>> bars(List<CurvePoint> points) {
    List<List<Object>> ends = new ArrayList<>();
    for (CurvePoint point : points) {
      ends.add(List.of(point.size(), point.least()));
      ends.add(List.of(point.size(), point.largest()));
      ends.add(Arrays.asList(point.size(), null));
    }
    return ends;
  }

  /**
   * The points that a logarithm has a place for: a study writes no others, but files can be edited.
   */
  private static List<CurvePoint> measured(Curve curve) {
    return curve.points().stream()
        .filter(point -> point.least() > 0 && Double.isFinite(point.largest()))
        .toList();
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
