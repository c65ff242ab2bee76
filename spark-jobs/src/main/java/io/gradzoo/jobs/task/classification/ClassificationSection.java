package io.gradzoo.jobs.task.classification;

import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.prediction.Score;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.Emphasis;
import io.gradzoo.jobs.report.block.ReportBlock.TableCell;
import io.gradzoo.jobs.report.block.ReportBlock.TableRow;
import io.gradzoo.jobs.task.ModelResults;
import io.gradzoo.jobs.task.RoundChart;
import io.gradzoo.jobs.task.RoundChart.RoundCurve;
import io.gradzoo.jobs.task.TaskSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Accuracies beside those of baselines, which classes are taken for which, and the training. */
public final class ClassificationSection implements TaskSection {
  private static final String ACCURACY = "accuracy";
  private static final String LOSS = "cross-entropy";
  private static final int MOST_SHOWN = 20;

  private static final RoundChart LOSSES =
      new RoundChart(
          "Cross-entropy",
          "nats",
          List.of(
              new RoundCurve("training", RoundMetrics::trainLoss),
              new RoundCurve("validation", RoundMetrics::validationLoss)));

  private static final RoundChart ACCURACIES =
      new RoundChart(
          "Accuracy on validation",
          "share of right classes",
          List.of(new RoundCurve("validation", RoundMetrics::validationAccuracy)));

  @Override
  public List<ReportBlock> blocks(ModelResults results) {
    List<ReportBlock> blocks = new ArrayList<>();
    if (!results.scores().isEmpty()) {
      blocks.add(scores(results));
    }
    confusion(results.predictions()).ifPresent(blocks::add);
    if (!results.rounds().isEmpty()) {
      blocks.add(LOSSES.drawn(results.rounds()));
      blocks.add(ACCURACIES.drawn(results.rounds()));
    }
    return blocks;
  }

  @Override
  public Optional<Headline> headline(ModelResults results) {
    return results
        .ownScore()
        .filter(own -> Double.isFinite(accuracy(own)))
        .map(
            own ->
                new Headline(
                    accuracy(own),
                    sentence(results, own),
                    List.of(
                        new Figure(ACCURACY, percent(own)),
                        new Figure(LOSS, Numbers.fixed(loss(own), 3)))));
  }

  private static String sentence(ModelResults results, Score own) {
    String against =
        results.baselines().stream()
            .max(Comparator.comparingDouble(ClassificationSection::accuracy))
            .map(best -> "; the best baseline, " + best.name() + ", " + percent(best))
            .orElse("");
    return "%s gives %s of %s their %s%s."
        .formatted(
            results.name(),
            percent(own),
            Numbers.count(results.predictions().size(), "unseen network"),
            results.target(),
            against);
  }

  /** The best accuracy and the best loss stand out. */
  private static ReportBlock scores(ModelResults results) {
    double most =
        results.scores().stream().mapToDouble(ClassificationSection::accuracy).max().orElseThrow();
    double least =
        results.scores().stream().mapToDouble(ClassificationSection::loss).min().orElseThrow();
    return new ReportBlock.Table(
        "Prediction of " + results.target() + " on the same test networks; best in bold",
        "model",
        List.of(ACCURACY, LOSS + ", nats", "settings tried", "parameters", "training time"),
        results.scores().stream()
            .map(
                score -> {
                  boolean own = score.role() == Score.Role.METANETWORK;
                  return new TableRow(
                      score.name(),
                      own ? "" : "baseline",
                      strongIf(own),
                      List.of(
                          new TableCell(percent(score), strongIf(accuracy(score) == most)),
                          new TableCell(
                              Numbers.fixed(loss(score), 3), strongIf(loss(score) == least)),
                          new TableCell(Numbers.count(score.settingsTried()), Emphasis.NONE),
                          new TableCell(Numbers.count(score.parameters()), Emphasis.NONE),
                          new TableCell(Numbers.duration(score.seconds()), Emphasis.NONE)));
                })
            .toList());
  }

  /** How often each class was taken for which; empty if there are too many to read. */
  private static Optional<ReportBlock> confusion(List<Prediction> predictions) {
    List<Integer> classes =
        predictions.stream()
            .filter(Prediction::finite)
            .flatMap(each -> Stream.of((int) each.truth(), (int) each.predicted()))
            .collect(TreeSet<Integer>::new, TreeSet::add, TreeSet::addAll)
            .stream()
            .toList();
    if (classes.isEmpty() || classes.size() > MOST_SHOWN) {
      return Optional.empty();
    }
    return Optional.of(
        new ReportBlock.Table(
            "How many test networks of each class, by row, were given which, by column",
            "class",
            classes.stream().map(String::valueOf).toList(),
            classes.stream().map(truth -> row(predictions, truth, classes)).toList()));
  }

  private static TableRow row(List<Prediction> predictions, int truth, List<Integer> classes) {
    return new TableRow(
        String.valueOf(truth),
        "",
        Emphasis.NONE,
        classes.stream()
            .map(
                given ->
                    new TableCell(
                        Numbers.count(
                            predictions.stream()
                                .filter(each -> each.truth() == truth)
                                .filter(each -> each.predicted() == given)
                                .count()),
                        strongIf(given == truth)))
            .toList());
  }

  private static Emphasis strongIf(boolean condition) {
    return condition ? Emphasis.STRONG : Emphasis.NONE;
  }

  private static double accuracy(Score score) {
    return score.metrics().getOrDefault(ACCURACY, Double.NaN);
  }

  private static double loss(Score score) {
    return score.metrics().getOrDefault(LOSS, Double.NaN);
  }

  private static String percent(Score score) {
    return Numbers.fixed(100 * accuracy(score), 1) + " %";
  }
}
