package io.gradzoo.jobs.task;

import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.report.block.ReportBlock;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A chart of what a training reached, round by round.
 *
 * @param y what its vertical axis says
 */
public record RoundChart(String title, String y, List<RoundCurve> curves) {
  public RoundChart {
    curves = List.copyOf(curves);
  }

  /** A curve with its name. */
  public record RoundCurve(String name, ToDoubleFunction<RoundMetrics> value) {}

  /** The chart with these rounds. */
  public ReportBlock drawn(List<RoundMetrics> rounds) {
    return new ReportBlock.Lines(
        title,
        "round",
        y,
        rounds.stream().map(RoundMetrics::round).toList(),
        curves.stream()
            .map(
                curve ->
                    new ReportBlock.Line(
                        curve.name(), rounds.stream().map(curve.value()::applyAsDouble).toList()))
            .toList());
  }
}
