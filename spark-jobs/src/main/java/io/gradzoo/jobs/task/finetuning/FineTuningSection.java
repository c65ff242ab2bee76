package io.gradzoo.jobs.task.finetuning;

import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.jobs.editing.EditComparison;
import io.gradzoo.jobs.editing.EditComparison.EditedPair;
import io.gradzoo.jobs.editing.EditScore;
import io.gradzoo.jobs.editing.EditScore.Spread;
import io.gradzoo.jobs.editing.PruningComparison;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.Emphasis;
import io.gradzoo.jobs.report.block.ReportBlock.PlotPoint;
import io.gradzoo.jobs.report.block.ReportBlock.TableCell;
import io.gradzoo.jobs.report.block.ReportBlock.TableRow;
import io.gradzoo.jobs.task.ModelResults;
import io.gradzoo.jobs.task.TaskSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Members before and after one pass, beside descent from the same start. */
public final class FineTuningSection implements TaskSection {
  private static final List<String> COLUMNS =
      List.of(
          "accuracy %",
          "loss",
          "objective",
          "L1 reduction %",
          "small weights %",
          "objective rose %",
          "good got worse %",
          "settings tried",
          "seconds a network");

  @Override
  public List<ReportBlock> blocks(ModelResults results) {
    List<ReportBlock> blocks = new ArrayList<>();
    comparison(results)
        .ifPresent(
            comparison -> {
              blocks.add(table(comparison));
              blocks.add(pairs(comparison, "accuracy", NetworkMeasures::accuracy));
              blocks.add(pairs(comparison, "objective", NetworkMeasures::objective));
            });
    results
        .files()
        .read(PruningComparison.FILE)
        .map(PruningComparison::parse)
        .map(PruningBlocks::of)
        .ifPresent(blocks::addAll);
    if (!results.rounds().isEmpty()) {
      blocks.add(losses(results.rounds()));
    }
    return blocks;
  }

  @Override
  public Optional<Headline> headline(ModelResults results) {
    return comparison(results)
        .map(
            comparison -> {
              EditScore before = comparison.rows().get(0);
              EditScore after = comparison.rows().get(1);
              return new Headline(
                  -after.objective().mean(),
                  ("One pass of %s takes held-out networks from %s to %s in %s,"
                          + " and from %s to %s %% accuracy.")
                      .formatted(
                          results.name(),
                          Numbers.fixed(before.objective().mean(), 3),
                          Numbers.fixed(after.objective().mean(), 3),
                          comparison.objective(),
                          percent(before.accuracy()),
                          percent(after.accuracy())),
                  List.of(
                      new Figure("objective", Numbers.fixed(after.objective().mean(), 3)),
                      new Figure("before", Numbers.fixed(before.objective().mean(), 3)),
                      new Figure("L1 reduction", percent(after.normReduction()) + " %")));
            });
  }

  private static Optional<EditComparison> comparison(ModelResults results) {
    return results.files().read(EditComparison.FILE).map(EditComparison::parse);
  }

  private static ReportBlock table(EditComparison comparison) {
    List<TableRow> rows = new ArrayList<>();
    for (int i = 0; i < comparison.rows().size(); i++) {
      EditScore row = comparison.rows().get(i);
      rows.add(
          new TableRow(
              row.name(),
              row.networks() < comparison.pairs().size()
                  ? Numbers.count(row.networks(), "network")
                  : "",
              i == 1 ? Emphasis.STRONG : Emphasis.NONE,
              cells(row)));
    }
    return new ReportBlock.Table(
        "Held-out networks on test images: mean ± standard deviation; the objective is "
            + comparison.objective()
            + "; weights below "
            + comparison.small()
            + " are small",
        "treatment",
        COLUMNS,
        rows);
  }

  private static List<TableCell> cells(EditScore row) {
    return List.of(
            percents(row.accuracy()),
            numbers(row.loss()),
            numbers(row.objective()),
            percents(row.normReduction()),
            percents(row.small()),
            Numbers.fixed(100 * row.worse(), 0),
            Numbers.fixed(100 * row.goodWorse(), 0),
            Numbers.count(row.settingsTried()),
            Numbers.fixed(row.seconds(), 4))
        .stream()
        .map(text -> new TableCell(text, Emphasis.NONE))
        .toList();
  }

  private static ReportBlock pairs(
      EditComparison comparison, String what, ToDoubleFunction<NetworkMeasures> value) {
    List<PlotPoint> points = new ArrayList<>();
    for (EditedPair pair : comparison.pairs()) {
      points.add(
          new PlotPoint(
              pair.memberId(),
              pair.architecture().split(":", 2)[0],
              value.applyAsDouble(pair.before()),
              value.applyAsDouble(pair.after())));
    }
    return new ReportBlock.Scatter(
        "Each network's " + what,
        what + " before",
        what + " after one pass",
        "as before",
        "test network",
        points);
  }

  private static ReportBlock losses(List<RoundMetrics> rounds) {
    return new ReportBlock.Lines(
        "Loss of changed networks",
        "round",
        "objective",
        rounds.stream().map(RoundMetrics::round).toList(),
        List.of(
            new ReportBlock.Line("training", rounds.stream().map(RoundMetrics::trainLoss).toList()),
            new ReportBlock.Line(
                "validation", rounds.stream().map(RoundMetrics::validationLoss).toList())));
  }

  private static String percents(Spread spread) {
    return percent(spread) + " ± " + Numbers.fixed(100 * spread.deviation(), 1);
  }

  private static String percent(Spread spread) {
    return Numbers.fixed(100 * spread.mean(), 1);
  }

  private static String numbers(Spread spread) {
    return Numbers.fixed(spread.mean(), 3) + " ± " + Numbers.fixed(spread.deviation(), 3);
  }
}
