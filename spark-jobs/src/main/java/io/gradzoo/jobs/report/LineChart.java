package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Values over counts, one line a series. */
record LineChart(ReportBlock.Lines chart) {

  /**
   * The chart.
   *
   * @param firstLook that of the first line
   */
  Chart chart(int firstLook) {
    List<Map<String, Object>> series = new ArrayList<>();
    for (Line line : chart.lines()) {
      Map<String, Object> drawn =
          ChartOption.series("line", line.name(), firstLook + series.size(), points(line));
      drawn.put("symbolSize", 5);
      series.add(drawn);
    }
    Map<String, Object> x = ChartOption.x("value", chart.x());
    x.put("minInterval", 1);
    return new Chart(
        Chart.Size.LINES,
        chart.title() + " by " + chart.x(),
        description(),
        ChartOption.chart(
            x,
            ChartOption.y("value", chart.y()),
            chart.lines().stream().map(Line::name).toList(),
            "axis",
            series));
  }

  private List<Map<String, Object>> points(Line line) {
    List<Map<String, Object>> points = new ArrayList<>();
    for (int i = 0; i < chart.positions().size(); i++) {
      double value = line.values().get(i);
      if (Double.isFinite(value)) {
        int x = chart.positions().get(i);
        points.add(
            ChartOption.point(
                x,
                value,
                List.of(
                    List.of(chart.x(), Numbers.count(x)),
                    List.of(line.name(), Numbers.fixed(value, 4)))));
      }
    }
    return points;
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
}
