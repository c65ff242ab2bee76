package io.gradzoo.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartsTest {
  @Test
  void aPointSaysWhichNetworkItIsItsHyperparametersAndBothNumbers() {
    NetworkDetails details =
        new NetworkDetails(Map.of("run7:4", List.of(List.of("learning rate", "0.01"))));
    Scatter scatter =
        new Scatter(
            "Accuracy",
            "true",
            "predicted",
            "exact",
            "test network",
            List.of(new PlotPoint("run7:4", "relu", 0.5, 0.25)));

    JsonNode point = series(new ScatterPlot(scatter, details).chart(), 0).path("data").path(0);

    assertThat(point.path("value")).hasToString("[0.5,0.25]");
    assertThat(point.path("tip"))
        .hasToString(
            "[[\"network\",\"run7:4\"],[\"learning rate\",\"0.01\"],[\"true\",\"0.5000\"],"
                + "[\"predicted\",\"0.2500\"]]");
  }

  @Test
  void theDiagonalGoesFromTheLowestToTheHighestNumber() {
    Chart chart = scatter(List.of(point(0.25, 0.5), point(1, 0.125))).chart();

    assertThat(series(chart, 1).path("data")).hasToString("[[0.125,0.125],[1.0,1.0]]");
  }

  @Test
  void pointsThatAreNoNumbersAreLeftOut() {
    Chart chart = scatter(List.of(point(0.5, Double.NaN), point(0.5, 0.5))).chart();

    assertThat(series(chart, 0).path("data")).hasSize(1);
    assertThat(option(chart).toString()).doesNotContain("NaN");
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

    Chart chart = lines(line, List.of(1, 2, 3, 4));

    assertThat(values(series(chart, 0))).containsExactly("[2,0.2]", "[4,0.4]");
    assertThat(chart.description()).contains("goes from 0.2000 to 0.4000");
  }

  @Test
  void aLineThatWasNeverMeasuredIsAnEmptyChart() {
    Chart chart = lines(new Line("τ", Collections.nCopies(2, Double.NaN)), List.of(1, 2));

    assertThat(series(chart, 0).path("data")).isEmpty();
  }

  @Test
  void anErrorStandsBetweenTheLeastAndTheLargestOfItsSeeds() {
    Curve curve = new Curve("ours", 1, 1, List.of(new CurvePoint(10, 0.2, 0.1, 0.4)));

    Chart chart = new ErrorChart(List.of(curve)).chart();

    assertThat(values(series(chart, 0))).containsExactly("[10,0.2]");
    assertThat(series(chart, 1).path("data")).hasToString("[[10,0.1],[10,0.4],[10,null]]");
    assertThat(series(chart, 1).path("name")).isEqualTo(series(chart, 0).path("name"));
  }

  @Test
  void errorsThatHaveNoLogarithmAreNotDrawn() {
    Chart chart =
        new ErrorChart(List.of(curve("standard", 0.1, 0), curve("ours", Double.NaN, 0.001)))
            .chart();

    assertThat(values(series(chart, 0))).containsExactly("[10,0.1]");
    assertThat(values(series(chart, 2))).containsExactly("[1000,0.001]");
  }

  @Test
  void aStudyListsErrorsBesideTheStandardEstimator() {
    List<Curve> curves = List.of(curve("standard", 0.1, 0.1), curve("ours", 0.05, 0.02));
    Markup page = new Markup();
    new StudySection(new Report.EstimatorComparison(7, curves)).draw(page);

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
    relu.addAll(List.of(1.0, 0.3, Double.NaN));
    List<AccuracyGroup> groups =
        List.of(
            new AccuracyGroup("relu", relu),
            new AccuracyGroup("tanh", Collections.nCopies(5, 0.1)));

    Chart chart = new Histogram(groups).chart();

    JsonNode relus = series(chart, 0).path("data");
    assertThat(option(chart).path("xAxis").path("data"))
        .hasSize(45)
        .first()
        .hasToString("\"0.10\"");
    assertThat(IntStream.range(0, 45).map(i -> relus.path(i).path("value").asInt()).toArray())
        .satisfies(
            counts -> {
              assertThat(counts[0]).isEqualTo(7);
              assertThat(counts[10]).isEqualTo(1);
              assertThat(counts[44]).isEqualTo(1);
              assertThat(IntStream.of(counts).sum()).isEqualTo(9);
            });
    assertThat(series(chart, 1).path("data").path(0).path("value").asInt()).isEqualTo(5);
    assertThat(relus.path(44).path("tip").toString()).contains("0.98 to 1.00");
    assertThat(chart.description()).startsWith("14 networks from 0.100 to 1.000");
  }

  @Test
  void barsAreAsLongAsTheTimesTheyStandFor() {
    Chart chart =
        new BarChart(List.of(new StageTime("train", 40), new StageTime("report", 200))).chart();

    JsonNode bars = series(chart, 0).path("data");
    assertThat(bars.path(0).path("value").asDouble()).isEqualTo(40);
    assertThat(bars.path(1).path("label").path("formatter").asText()).isEqualTo("3 min 20 s");
    assertThat(chart.description()).isEqualTo("4 min 0 s in all: train 40.0 s; report 3 min 20 s.");
  }

  private static Chart lines(Line line, List<Integer> positions) {
    return new LineChart(new Lines("title", "round", "τ", positions, List.of(line))).chart(0);
  }

  private static ScatterPlot scatter(List<PlotPoint> points) {
    return new ScatterPlot(
        new Scatter("accuracy", "true", "predicted", "exact", "test network", points),
        NetworkDetails.NONE);
  }

  private static PlotPoint point(double truth, double predicted) {
    return new PlotPoint("m", "relu", truth, predicted);
  }

  private static JsonNode option(Chart chart) {
    return new ObjectMapper().valueToTree(chart.option());
  }

  private static JsonNode series(Chart chart, int index) {
    return option(chart).path("series").path(index);
  }

  private static List<String> values(JsonNode series) {
    return series.path("data").findValues("value").stream().map(JsonNode::toString).toList();
  }
}
