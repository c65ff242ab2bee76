package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.PlotPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Points, both axes on one scale, with the diagonal where they are equal. */
record ScatterPlot(ReportBlock.Scatter scatter, NetworkDetails details) {
  /** More would make the file heavy and show no more. */
  private static final int MOST = 5000;

  Chart chart() {
    List<PlotPoint> points = shown().stream().filter(PlotPoint::finite).toList();
    List<String> names = points.stream().map(PlotPoint::series).distinct().toList();
    List<Map<String, Object>> series = new ArrayList<>();
    for (String name : names) {
      List<?> own = points.stream().filter(p -> p.series().equals(name)).map(this::drawn).toList();
      Map<String, Object> cloud = ChartOption.series("scatter", name, series.size(), own);
      cloud.put("symbolSize", 7);
      cloud.put("itemStyle", Map.of("color", ChartOption.colour(series.size()), "opacity", 0.65));
      series.add(cloud);
    }
    if (!points.isEmpty()) {
      series.add(diagonal(points));
    }
    return new Chart(
        Chart.Size.SQUARE,
        scatter.title() + ": " + scatter.y(),
        description(),
        ChartOption.chart(
            ChartOption.x("value", scatter.x()),
            ChartOption.y("value", scatter.y()),
            names,
            "item",
            series));
  }

  /** From the lowest to the highest number, by which both axes are equally long. */
  private static Map<String, Object> diagonal(List<PlotPoint> points) {
    double[] values = points.stream().flatMapToDouble(p -> DoubleStream.of(p.x(), p.y())).toArray();
    double low = DoubleStream.of(values).min().orElseThrow();
    double high = DoubleStream.of(values).max().orElseThrow();
    Map<String, Object> line =
        ChartOption.series("line", "", 0, List.of(List.of(low, low), List.of(high, high)));
    line.put("lineStyle", Map.of("color", "var(--soft)", "type", "dashed", "width", 1));
    line.put("symbol", "none");
    line.put("silent", true);
    line.put("z", 1);
    return line;
  }

  private Map<String, Object> drawn(PlotPoint point) {
    List<List<String>> tip = new ArrayList<>();
    tip.add(List.of("network", point.network()));
    tip.addAll(details.of(point.network()));
    tip.add(List.of(scatter.x(), Numbers.fixed(point.x(), 4)));
    tip.add(List.of(scatter.y(), Numbers.fixed(point.y(), 4)));
    return ChartOption.point(point.x(), point.y(), tip);
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
