package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.StageTime;
import io.gradzoo.jobs.report.block.Numbers;
import java.util.List;
import java.util.Map;

/** Time per stage: one bar each, the time written at its end. */
record BarChart(List<StageTime> stages) {
  Chart chart() {
    double total = stages.stream().mapToDouble(StageTime::seconds).sum();
    Map<String, Object> x = ChartOption.x("value", "seconds");
    x.put("scale", false);
    x.put("boundaryGap", List.of("0%", "12%"));
    Map<String, Object> y = ChartOption.y("category", "");
    y.put("data", stages.stream().map(StageTime::name).toList());
    y.put("inverse", true);
    y.put("splitLine", Map.of("show", false));
    y.put(
        "axisLabel", ChartOption.map("color", "var(--ink)", "width", 200, "overflow", "truncate"));
    Map<String, Object> bars =
        ChartOption.series("bar", "seconds", 0, stages.stream().map(BarChart::bar).toList());
    bars.put("barMaxWidth", 18);
    return new Chart(
        Chart.Size.WIDE,
        "Time per stage",
        description(total),
        ChartOption.chart(x, y, List.of(), "item", List.of(bars)));
  }

  private static Map<String, Object> bar(StageTime stage) {
    String time = Numbers.duration(stage.seconds());
    return ChartOption.map(
        "value", stage.seconds(),
        "label",
            ChartOption.map(
                "show", true, "position", "right", "formatter", time, "color", "var(--ink)"),
        "tip", List.of(List.of(stage.name(), time)));
  }

  private String description(double total) {
    StringBuilder text = new StringBuilder(Numbers.duration(total)).append(" in all: ");
    for (StageTime stage : stages) {
      text.append(stage.name()).append(' ').append(Numbers.duration(stage.seconds())).append("; ");
    }
    return text.substring(0, text.length() - 2) + ".";
  }
}
