package io.gradzoo.jobs.task.finetuning;

import io.gradzoo.jobs.editing.EditScore.Spread;
import io.gradzoo.jobs.editing.PruningComparison;
import io.gradzoo.jobs.editing.PruningScore;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.Emphasis;
import io.gradzoo.jobs.report.block.ReportBlock.TableCell;
import io.gradzoo.jobs.report.block.ReportBlock.TableRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of pruned networks, and their accuracy by sparsity. */
final class PruningBlocks {
  private static final List<String> COLUMNS =
      List.of(
          "sparsity %",
          "accuracy %",
          "predicted %",
          "outside the zoo %",
          "before fine-tuning %",
          "predicted %",
          "outside the zoo %");

  private PruningBlocks() {}

  static List<ReportBlock> of(PruningComparison comparison) {
    return List.of(table(comparison), lines(comparison));
  }

  private static ReportBlock table(PruningComparison comparison) {
    return new ReportBlock.Table(
        "The best held-out networks, pruned and fine-tuned for %d epochs, on test images: mean ±"
                .formatted(comparison.epochs())
            + " standard deviation; each row has the best of %d learning rates; predicted is what %s"
                .formatted(
                    comparison.settingsTried(),
                    comparison.predictor() == null ? "a predictor" : comparison.predictor())
            + " says; outside are networks unlike all of the training zoo in what they answer and what"
            + " is predicted of them",
        "method",
        COLUMNS,
        comparison.rows().stream()
            .map(row -> new TableRow(row.method(), "", Emphasis.NONE, cells(row)))
            .toList());
  }

  private static List<TableCell> cells(PruningScore row) {
    return Stream.of(
            Numbers.fixed(100 * row.sparsity(), 0),
            percents(row.accuracy()),
            percents(row.predicted()),
            Numbers.fixed(100 * row.outside(), 0),
            percents(row.prunedAccuracy()),
            percents(row.prunedPredicted()),
            Numbers.fixed(100 * row.prunedOutside(), 0))
        .map(text -> new TableCell(text, Emphasis.NONE))
        .toList();
  }

  private static ReportBlock lines(PruningComparison comparison) {
    Map<String, List<PruningScore>> methods =
        comparison.rows().stream()
            .filter(row -> row.sparsity() > 0)
            .collect(
                Collectors.groupingBy(
                    PruningScore::method, LinkedHashMap::new, Collectors.toList()));
    return new ReportBlock.Lines(
        "Accuracy of pruned networks",
        "sparsity, %",
        "accuracy",
        methods.values().iterator().next().stream()
            .map(row -> (int) Math.round(100 * row.sparsity()))
            .toList(),
        methods.entrySet().stream()
            .map(
                method ->
                    new ReportBlock.Line(
                        method.getKey(),
                        method.getValue().stream().map(row -> row.accuracy().mean()).toList()))
            .toList());
  }

  private static String percents(Spread spread) {
    return spread == null
        ? "–"
        : Numbers.fixed(100 * spread.mean(), 1)
            + " ± "
            + Numbers.fixed(100 * spread.deviation(), 1);
  }
}
