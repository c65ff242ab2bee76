package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.LineChart.Line;
import io.gradzoo.jobs.report.Report.MetanetworkResults;
import io.gradzoo.jobs.run.RoundMetrics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The section of one metanetwork: metrics, predictions, and how training went.
 *
 * @param id prefix of the section's element ids
 */
record MetanetworkSection(MetanetworkResults metanetwork, String id) {
  /** The third series' look: the first two are the losses. */
  private static final int TAU_STYLE = 2;

  void draw(Markup page) {
    page.open("section").element("h2", metanetwork.name());
    if (!metanetwork.scores().isEmpty()) {
      page.add(new ScoreTable(metanetwork).draw());
    }
    page.open("div", "class", "plots");
    if (!metanetwork.predictions().isEmpty()) {
      predictions(page);
    }
    if (!metanetwork.rounds().isEmpty()) {
      page.open("div");
      losses(page);
      ranks(page);
      page.close();
    }
    page.close().close();
  }

  private void predictions(Markup page) {
    List<String> series =
        Series.distinct(metanetwork.predictions().stream().map(ScatterPlot::series).toList());
    ScatterPlot plot = new ScatterPlot(metanetwork.target(), metanetwork.predictions());
    int shown = plot.shown().size();
    int all = metanetwork.predictions().size();
    page.open("figure").open("figcaption").element("b", "Predicted against true");
    String drawn = shown < all ? sample(shown, all) : Numbers.count(all, "test network");
    page.element("span", drawn + notFinite());
    page.add(Series.legend(series)).close();
    page.add(plot.draw(id + "-predictions", series)).close();
  }

  /** What cannot be drawn is said. */
  private String notFinite() {
    long strange =
        metanetwork.predictions().stream().filter(p -> !Double.isFinite(p.predicted())).count();
    return strange == 0
        ? ""
        : ", " + Numbers.count(strange, "prediction") + " NaN or infinite and not drawn";
  }

  private static String sample(int shown, int all) {
    return Numbers.count(shown) + " of " + Numbers.count(all, "test network");
  }

  private void losses(Markup page) {
    List<Line> lines =
        List.of(
            new Line("training", values(RoundMetrics::trainLoss)),
            new Line("validation", values(RoundMetrics::validationLoss)));
    page.open("figure").open("figcaption").element("b", "Loss");
    page.add(Series.legend(lines.stream().map(Line::name).toList())).close();
    LineChart chart = new LineChart("Loss by round", "loss", rounds(), lines);
    page.add(chart.draw(id + "-loss", 0)).close();
  }

  private void ranks(Markup page) {
    List<Line> lines = List.of(new Line("validation τ-b", values(RoundMetrics::validationTau)));
    page.open("figure").open("figcaption").element("b", "Rank correlation on validation").close();
    LineChart chart = new LineChart("Validation τ-b by round", "Kendall τ-b", rounds(), lines);
    page.add(chart.draw(id + "-tau", TAU_STYLE)).close();
  }

  private List<Integer> rounds() {
    return metanetwork.rounds().stream().map(RoundMetrics::round).toList();
  }

  private List<Double> values(ToDoubleFunction<RoundMetrics> value) {
    return metanetwork.rounds().stream().map(value::applyAsDouble).toList();
  }
}
