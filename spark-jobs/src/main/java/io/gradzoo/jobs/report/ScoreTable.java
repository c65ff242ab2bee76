package io.gradzoo.jobs.report;

import io.gradzoo.jobs.evaluation.Score;
import io.gradzoo.jobs.evaluation.Score.Role;
import io.gradzoo.jobs.report.Report.MetanetworkResults;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The metrics of a metanetwork and its baselines; the best of each metric stands out. */
record ScoreTable(MetanetworkResults metanetwork) {
  /** A metric; the highest goodness is the best, NaN takes no part. */
  private record Column(
      String title, Function<Score, String> text, ToDoubleFunction<Score> goodness) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column(
              "Kendall τ-b", s -> Numbers.fixed(s.agreement().tau(), 3), s -> s.agreement().tau()),
          new Column("R²", s -> Numbers.fixed(s.agreement().r2(), 3), s -> s.agreement().r2()),
          new Column(
              "mean abs. error",
              s -> Numbers.fixed(s.agreement().meanAbsoluteError(), 4),
              s -> -s.agreement().meanAbsoluteError()),
          new Column("settings tried", s -> Numbers.count(s.settingsTried()), s -> Double.NaN),
          new Column("parameters", s -> Numbers.count(s.parameters()), s -> Double.NaN),
          new Column("training time", s -> Numbers.duration(s.seconds()), s -> Double.NaN));

  Markup draw() {
    Markup table = new Markup().open("div", "class", "scroll").open("table", "class", "scores");
    String caption =
        "Prediction of "
            + metanetwork.target()
            + " ("
            + metanetwork.unit()
            + ") on the same test networks; best in bold";
    table.element("caption", caption).open("thead").open("tr");
    table.element("th", "model", "scope", "col");
    for (Column column : COLUMNS) {
      table.element("th", column.title(), "scope", "col", "class", "number");
    }
    table.close().close().open("tbody");
    for (Score score : metanetwork.scores()) {
      boolean own = score.role() == Role.METANETWORK;
      table.open("tr", "class", own ? "own" : "baseline");
      table.open("th", "scope", "row").text(score.name());
      if (!own) {
        table.text(" ").element("small", "baseline");
      }
      table.close();
      for (Column column : COLUMNS) {
        table.open("td", "class", "number");
        table.element(best(column, score) ? "strong" : "span", column.text().apply(score)).close();
      }
      table.close();
    }
    return table.close().close().close();
  }

  private boolean best(Column column, Score score) {
    double highest =
        metanetwork.scores().stream()
            .mapToDouble(column.goodness())
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NaN);
    return column.goodness().applyAsDouble(score) == highest;
  }
}
