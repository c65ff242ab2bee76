package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.StageTime;
import io.gradzoo.jobs.report.block.Numbers;
import java.util.List;

/** Time per stage: one bar each, the time written at its end. */
record BarChart(List<StageTime> stages) {
  private static final double WIDTH = 1072;
  private static final double NAMES = 190;
  private static final double TIMES = 100;
  private static final double ROW = 32;
  private static final double BAR = 16;
  private static final int LONGEST_NAME = 26;

  Markup draw(String id) {
    double longest = stages.stream().mapToDouble(StageTime::seconds).max().orElse(0);
    double total = stages.stream().mapToDouble(StageTime::seconds).sum();
    double height = ROW * stages.size();
    Svg svg = new Svg(id, WIDTH, height, "Time per stage", description(total));
    for (int i = 0; i < stages.size(); i++) {
      StageTime stage = stages.get(i);
      double middle = ROW * i + ROW / 2;
      double share = longest > 0 ? Math.max(0, stage.seconds()) / longest : 0;
      double length = Math.max(2, share * (WIDTH - NAMES - TIMES));
      String tip = stage.name() + ": " + Numbers.duration(stage.seconds());
      svg.text("stage end", NAMES - 12, middle + 4, shortened(stage.name()));
      svg.rectangle("bar series0", NAMES, middle - BAR / 2, length, BAR, tip);
      svg.text("time", NAMES + length + 10, middle + 4, Numbers.duration(stage.seconds()));
    }
    return svg.end();
  }

  private String description(double total) {
    StringBuilder text = new StringBuilder(Numbers.duration(total)).append(" in all: ");
    for (StageTime stage : stages) {
      text.append(stage.name()).append(' ').append(Numbers.duration(stage.seconds())).append("; ");
    }
    return text.substring(0, text.length() - 2) + ".";
  }

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
  }
}
