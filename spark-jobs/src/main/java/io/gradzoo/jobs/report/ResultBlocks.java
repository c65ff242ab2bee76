package io.gradzoo.jobs.report;

import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.editing.EditComparison;
import io.gradzoo.jobs.editing.PruningComparison;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.finetune.FineTunedFile;
import io.gradzoo.jobs.finetune.FineTunedZoo;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.Emphasis;
import io.gradzoo.jobs.report.block.ReportBlock.TableCell;
import io.gradzoo.jobs.report.block.ReportBlock.TableRow;
import io.gradzoo.jobs.task.ModelResults;
import io.gradzoo.jobs.task.TaskSection;
import io.gradzoo.jobs.task.Tasks;
import io.gradzoo.jobs.training.TrainedRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tables and charts of a result: those that the report shows of it, which the section of its
 * task makes. Of a result without any there are none.
 *
 * @param name heading of them
 */
record ResultBlocks(String name, List<ReportBlock> blocks) {
  private static final List<String> MEASURES =
      List.of("accuracy %", "loss", "objective", "‖θ‖₁", "small weights %");

  ResultBlocks {
    blocks = List.copyOf(blocks);
  }

  static ResultBlocks of(JobResult result, Tasks tasks) {
    if (result instanceof TrainedRun run) {
      return of(run, tasks);
    }
    if (result instanceof Evaluation evaluation) {
      return of(evaluation, tasks);
    }
    if (result instanceof EditComparison comparison) {
      return of(comparison.model(), EditComparison.FILE, comparison.bytes(), tasks);
    }
    if (result instanceof PruningComparison comparison) {
      return of(comparison.model(), PruningComparison.FILE, comparison.bytes(), tasks);
    }
    if (result instanceof FineTunedZoo zoo) {
      String caption =
          "%s on test images: means of %s"
              .formatted(zoo.zoo(), Numbers.count(zoo.totals().members(), "network"));
      return new ResultBlocks(
          zoo.zoo(), List.of(change(caption, zoo.totals().before(), zoo.totals().after())));
    }
    if (result instanceof FineTunedFile file) {
      String name = file.out().getFileName().toString();
      return new ResultBlocks(
          name, List.of(change(name + " on test images", file.before(), file.after())));
    }
    return new ResultBlocks("", List.of());
  }

  private static ResultBlocks of(TrainedRun run, Tasks tasks) {
    String name = run.model().model().name();
    var task = run.model().model().task();
    List<RoundMetrics> rounds = run.directory().rounds();
    return of(
        tasks.section(task),
        new ModelResults(
            name,
            task.title(),
            task.unit(),
            List.of(),
            List.of(),
            rounds,
            file -> Optional.empty()));
  }

  private static ResultBlocks of(Evaluation evaluation, Tasks tasks) {
    return of(
        tasks.sectionOf(evaluation.target()),
        new ModelResults(
            evaluation.model(),
            evaluation.target(),
            evaluation.unit(),
            evaluation.scores(),
            evaluation.predictions(),
            List.of(),
            file -> Optional.empty()));
  }

  /** Of what a model that changes networks comes to, as the file of its run says it. */
  private static ResultBlocks of(String model, String name, byte[] bytes, Tasks tasks) {
    return of(
        tasks.sectionOfChanges(),
        new ModelResults(
            model,
            "",
            "",
            List.of(),
            List.of(),
            List.of(),
            file -> Optional.of(bytes).filter(any -> file.equals(name))));
  }

  private static ResultBlocks of(TaskSection section, ModelResults results) {
    return new ResultBlocks(results.name(), section.blocks(results));
  }

  private static ReportBlock change(String caption, NetworkMeasures before, NetworkMeasures after) {
    return new ReportBlock.Table(
        caption,
        "",
        MEASURES,
        List.of(row("before", before, Emphasis.NONE), row("after", after, Emphasis.STRONG)));
  }

  private static TableRow row(String name, NetworkMeasures measures, Emphasis emphasis) {
    return new TableRow(
        name,
        "",
        emphasis,
        Stream.of(
                Numbers.fixed(100 * measures.accuracy(), 1),
                Numbers.fixed(measures.loss(), 3),
                Numbers.fixed(measures.objective(), 3),
                Numbers.fixed(measures.norm(), 1),
                Numbers.fixed(100 * measures.small(), 1))
            .map(text -> new TableCell(text, Emphasis.NONE))
            .toList());
  }
}
