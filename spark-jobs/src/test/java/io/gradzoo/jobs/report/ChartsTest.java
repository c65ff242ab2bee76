package io.gradzoo.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.jobs.report.Report.AccuracyGroup;
import io.gradzoo.jobs.report.Report.Curve;
import io.gradzoo.jobs.report.Report.CurvePoint;
import io.gradzoo.jobs.report.Report.StageTime;
import io.gradzoo.jobs.report.block.ReportBlock.Line;
import io.gradzoo.jobs.report.block.ReportBlock.Lines;
import io.gradzoo.jobs.report.block.ReportBlock.PlotPoint;
import io.gradzoo.jobs.report.block.ReportBlock.Scatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartsTest {
  @Test
  void exactPredictionsLieOnTheDiagonal() {
    List<PlotPoint> exact = List.of(point(0, 0), point(0.25, 0.25), point(1, 1));
    String svg = scatter(exact).draw("p", List.of("relu")).toString();

    List<double[]> markers = positions(svg, "class=\"point series0\" d=\"M([\\d.]+) ([\\d.]+)m");
    double[] diagonal =
        positions(svg, "x1=\"([\\d.]+)\" y1=\"([\\d.]+)\"", "class=\"diagonal\" ").get(0);
    assertThat(markers.get(0)).containsExactly(diagonal, within(0.01));
    double quarter =
        (markers.get(1)[0] - markers.get(0)[0]) / (markers.get(2)[0] - markers.get(0)[0]);
    assertThat(quarter).isCloseTo(0.25, within(1e-3));
  }

  @Test
  void pointsThatAreNoNumbersAreLeftOut() {
    List<PlotPoint> points = List.of(point(0.5, Double.NaN), point(0.5, 0.5));

    String svg = scatter(points).draw("p", List.of("relu")).toString();

    assertThat(svg.split("class=\"point", -1)).hasSize(2);
    assertThat(svg).doesNotContain("NaN");
  }

  @Test
  void manyPointsAreThinnedEvenly() {
    List<PlotPoint> points = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      points.add(point(i, i));
    }

    List<PlotPoint> shown = scatter(points).shown();

    assertThat(shown).hasSize(4000);
    assertThat(shown.get(1).x()).isEqualTo(3);
  }

  @Test
  void aLinePassesOverRoundsWithoutAValue() {
    Line line = new Line("τ", List.of(Double.NaN, 0.2, Double.NaN, 0.4));
    String svg =
        new LineChart(new Lines("title", "round", "τ", List.of(1, 2, 3, 4), List.of(line)))
            .draw("l", 0)
            .toString();

    assertThat(svg)
        .containsPattern("class=\"line series0\" d=\"M[\\d.]+ [\\d.]+L[\\d.]+ [\\d.]+\"");
    assertThat(svg).contains("goes from 0.2000 to 0.4000").doesNotContain("NaN");
  }

  @Test
  void aLineThatWasNeverMeasuredIsAnEmptyChart() {
    Line line = new Line("τ", Collections.nCopies(2, Double.NaN));

    String svg =
        new LineChart(new Lines("title", "round", "τ", List.of(1, 2), List.of(line)))
            .draw("l", 0)
            .toString();

    assertThat(svg).doesNotContain("NaN", "Infinity");
  }

  @Test
  void errorsOfEqualRatiosLieEquallyFarApart() {
    List<Curve> curves =
        List.of(curve("standard", 0.1, 0.1), curve("ours", 0.01, 0.001), curve("others", 1, 1));

    String svg = new ErrorChart(curves).draw("e").toString();

    List<double[]> markers =
        positions(svg, "d=\"M([\\d.]+) ([\\d.]+)m", "class=\"fill series\\d\" ");
    assertThat(markers).hasSize(6);
    double decade = markers.get(0)[1] - markers.get(4)[1];
    assertThat(markers.get(2)[1] - markers.get(0)[1]).isCloseTo(decade, within(0.02));
    assertThat(markers.get(3)[1] - markers.get(0)[1]).isCloseTo(2 * decade, within(0.02));
    assertThat(svg).contains("ours: 0.00100 with 1,000 networks.");
  }

  @Test
  void errorsThatAreNoNumbersAreNotDrawn() {
    String svg =
        new ErrorChart(List.of(curve("standard", 0.1, 0.1), curve("ours", Double.NaN, 0.001)))
            .draw("e")
            .toString();

    assertThat(svg.split("class=\"fill series", -1)).hasSize(4);
    assertThat(svg).doesNotContain("NaN");
  }

  @Test
  void aStudyListsErrorsBesideTheStandardEstimator() {
    List<Curve> curves = List.of(curve("standard", 0.1, 0.1), curve("ours", 0.05, 0.02));
    Markup page = new Markup();
    new StudySection(new Report.EstimatorComparison(7, curves), "study").draw(page);

    assertThat(page.toString())
        .contains("7 test networks", "ours</th>", "0.05000</td>", "−50.0 %</td>", "−80.0 %</td>");
  }

  /** Errors with 10 and with 1,000 training networks. */
  private static Curve curve(String name, double few, double many) {
    return new Curve(
        name,
        1,
        1,
        List.of(new CurvePoint(10, few, few, few), new CurvePoint(1000, many, many, many)));
  }

  @Test
  void barsHoldEveryNetworkOnce() {
    List<Double> relu = new ArrayList<>(Collections.nCopies(7, 0.1));
    relu.add(1.0);
    List<AccuracyGroup> groups =
        List.of(
            new AccuracyGroup("relu", relu),
            new AccuracyGroup("tanh", Collections.nCopies(5, 0.1)));

    String svg = new Histogram(groups).draw("h").toString();

    assertThat(svg).contains("relu: 7 networks from 0.100", "tanh: 5 networks from 0.100");
    assertThat(svg).containsPattern("relu: 1 network from 0\\.9\\d\\d to 1\\.000");
    assertThat(svg.split("<rect", -1)).hasSize(4);
  }

  @Test
  void barsAreAsLongAsTheTimesTheyStandFor() {
    List<StageTime> stages = List.of(new StageTime("train", 40), new StageTime("report", 10));
    String svg = new BarChart(stages).draw("b").toString();

    List<double[]> sizes = positions(svg, "width=\"([\\d.]+)\" height=\"([\\d.]+)\"");
    assertThat(sizes.get(0)[0] / sizes.get(1)[0]).isCloseTo(4, within(1e-3));
    assertThat(svg).contains("50.0 s in all: train 40.0 s; report 10.0 s.");
  }

  private static ScatterPlot scatter(List<PlotPoint> points) {
    return new ScatterPlot(
        new Scatter("accuracy", "true", "predicted", "exact", "test network", points));
  }

  private static PlotPoint point(double truth, double predicted) {
    return new PlotPoint("relu", truth, predicted);
  }

  private static List<double[]> positions(String svg, String pattern) {
    return positions(svg, pattern, "");
  }

  /** The pairs of numbers that the pattern finds after this prefix. */
  private static List<double[]> positions(String svg, String pattern, String prefix) {
    return Pattern.compile(prefix + pattern).matcher(svg).results().map(ChartsTest::pair).toList();
  }

  private static double[] pair(MatchResult found) {
    return new double[] {Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2))};
  }
}
