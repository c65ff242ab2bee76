package io.gradzoo.jobs.task;

import io.gradzoo.jobs.prediction.Agreement;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.prediction.Score;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.task.RoundChart.RoundCurve;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The section of models that predict numbers: scores beside those of baselines, predictions against
 * true values, and how training went.
 */
public final class PredictionSection implements TaskSection {
  /** A column of scores; the highest goodness is the best, NaN takes no part. */
  private record Column(
      String heading, Function<Score, String> text, ToDoubleFunction<Score> goodness) {}

  private static final List<Column> AGREEMENT =
      List.of(
          new Column(
              "Kendall τ-b", s -> Numbers.fixed(s.agreement().tau(), 3), s -> s.agreement().tau()),
          new Column("R²", s -> Numbers.fixed(s.agreement().r2(), 3), s -> s.agreement().r2()),
          new Column(
              "mean abs. error",
              s -> Numbers.fixed(s.agreement().meanAbsoluteError(), 4),
              s -> -s.agreement().meanAbsoluteError()));

  private static final List<Column> COST =
      List.of(
          new Column("settings tried", s -> Numbers.count(s.settingsTried()), s -> Double.NaN),
          new Column("parameters", s -> Numbers.count(s.parameters()), s -> Double.NaN),
          new Column("training time", s -> Numbers.duration(s.seconds()), s -> Double.NaN));

  private static final RoundChart LOSSES =
      new RoundChart(
          "Loss",
          "loss",
          List.of(
              new RoundCurve("training", RoundMetrics::trainLoss),
              new RoundCurve("validation", RoundMetrics::validationLoss)));

  private static final RoundChart RANK_CORRELATIONS =
      new RoundChart(
          "Rank correlation on validation",
          "Kendall τ-b",
          List.of(new RoundCurve("validation τ-b", RoundMetrics::validationTau)));

  @Override
  public List<ReportBlock> blocks(ModelResults results) {
    List<ReportBlock> blocks = new ArrayList<>();
    if (!results.scores().isEmpty()) {
      blocks.add(scores(results));
    }
    if (!results.predictions().isEmpty()) {
      blocks.add(predictions(results));
    }
    if (!results.rounds().isEmpty()) {
      blocks.add(LOSSES.drawn(results.rounds()));
      blocks.add(RANK_CORRELATIONS.drawn(results.rounds()));
    }
    return blocks;
  }

  @Override
  public Optional<Headline> headline(ModelResults results) {
    return results
        .ownScore()
        .map(
            own ->
                new Headline(
                    rank(own),
                    sentence(results, own.agreement()),
                    List.of(
                        new Figure("Kendall τ-b", tau(own)),
                        new Figure("R²", Numbers.fixed(own.agreement().r2(), 3)),
                        new Figure(
                            "mean absolute error",
                            Numbers.fixed(own.agreement().meanAbsoluteError(), 4)))));
  }

  /** The scores of a model and its baselines; the best of each metric stands out. */
  private static ReportBlock scores(ModelResults results) {
    List<Column> columns = columns(results);
    return new ReportBlock.Table(
        "Prediction of "
            + results.target()
            + " ("
            + results.unit()
            + ") on the same test networks; best in bold",
        "model",
        columns.stream().map(Column::heading).toList(),
        results.scores().stream().map(score -> row(results, columns, score)).toList());
  }

  /** With the metrics of the task's own, of which nobody knows whether more is better. */
  private static List<Column> columns(ModelResults results) {
    List<Column> columns = new ArrayList<>(AGREEMENT);
    results.scores().stream()
        .flatMap(score -> score.metrics().keySet().stream())
        .distinct()
        .forEach(
            name ->
                columns.add(
                    new Column(
                        name,
                        s -> Numbers.fixed(s.metrics().getOrDefault(name, Double.NaN), 4),
                        s -> Double.NaN)));
    columns.addAll(COST);
    return columns;
  }

  private static ReportBlock.TableRow row(ModelResults results, List<Column> columns, Score score) {
    boolean own = score.role() == Score.Role.METANETWORK;
    return new ReportBlock.TableRow(
        score.name(),
        own ? "" : "baseline",
        own ? ReportBlock.Emphasis.STRONG : ReportBlock.Emphasis.NONE,
        columns.stream()
            .map(
                column ->
                    new ReportBlock.TableCell(
                        column.text().apply(score), emphasis(results, column, score)))
            .toList());
  }

  private static ReportBlock.Emphasis emphasis(ModelResults results, Column column, Score score) {
    double highest =
        results.scores().stream()
            .mapToDouble(column.goodness())
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NaN);
    return column.goodness().applyAsDouble(score) == highest
        ? ReportBlock.Emphasis.STRONG
        : ReportBlock.Emphasis.NONE;
  }

  private static ReportBlock predictions(ModelResults results) {
    return new ReportBlock.Scatter(
        "Predicted against true",
        "true " + results.target(),
        "predicted " + results.target(),
        "predicted exactly",
        "test network",
        results.predictions().stream()
            .map(p -> new ReportBlock.PlotPoint(p.memberId(), group(p), p.truth(), p.predicted()))
            .sorted(Comparator.comparing(ReportBlock.PlotPoint::series))
            .toList());
  }

  /** Those that are drawn alike: of one activation, or of a family that has it in its text. */
  private static String group(Prediction prediction) {
    return prediction.architecture().split(":", 2)[0];
  }

  private static String sentence(ModelResults results, Agreement own) {
    String against =
        results.baselines().stream()
            .max(Comparator.comparingDouble(PredictionSection::rank))
            .filter(baseline -> Double.isFinite(baseline.agreement().tau()))
            .map(best -> "; the best baseline, " + best.name() + ", reaches " + tau(best))
            .orElse("");
    return results.name()
        + " predicts the "
        + results.target()
        + " of "
        + Numbers.count(results.predictions().size(), "unseen network")
        + " with Kendall τ-b "
        + Numbers.fixed(own.tau(), 3)
        + " and R² "
        + Numbers.fixed(own.r2(), 3)
        + against
        + ".";
  }

  private static String tau(Score score) {
    return Numbers.fixed(score.agreement().tau(), 3);
  }

  private static double rank(Score score) {
    return Double.isNaN(score.agreement().tau())
        ? Double.NEGATIVE_INFINITY
        : score.agreement().tau();
  }
}
