package io.gradzoo.jobs.report;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.task.ModelResults;
import io.gradzoo.jobs.task.PredictionSection;
import io.gradzoo.jobs.training.TrainedRun;
import java.util.List;
import java.util.Optional;

/**
 * A result of a job as a part of somebody else's page, such as the output of a notebook's cell:
 * what is said of it, and the tables and charts that the report would show. Its stylesheet applies
 * to it alone, the script that draws charts is in it; nothing is fetched, and every text is
 * escaped.
 */
public final class ResultHtml {
  private static final String SCOPE = "gradzoo";

  private ResultHtml() {}

  /**
   * The part of a page.
   *
   * @param text of the result, for people
   * @param networks what tooltips say of networks
   */
  public static String of(JobResult result, String text, NetworkDetails networks) {
    Markup page = new Markup().open("div", "class", SCOPE);
    page.stylesheet("." + SCOPE + " {\n" + HtmlReport.stylesheet().replace(":root", "&") + "}\n");
    List<ReportBlock> blocks = blocks(result);
    if (!blocks.isEmpty()) {
      new ModelSection(name(result), blocks, networks).draw(page);
    }
    page.element("pre", text);
    if (blocks.stream().anyMatch(block -> !(block instanceof ReportBlock.Table))) {
      page.script(ChartRuntime.script());
    }
    return page.close().toString();
  }

  /** What a zoo says of the networks that the charts of a result show. */
  public static NetworkDetails networks(JobResult result, TableStore tables, String zoo) {
    return NetworkDetails.read(tables, zoo, blocks(result));
  }

  private static String name(JobResult result) {
    return result instanceof TrainedRun run
        ? run.model().model().name()
        : ((Evaluation) result).model();
  }

  private static List<ReportBlock> blocks(JobResult result) {
    if (result instanceof Evaluation evaluation) {
      return new PredictionSection().blocks(results(evaluation));
    }
    return result instanceof TrainedRun run
        ? new PredictionSection().blocks(results(run))
        : List.of();
  }

  private static ModelResults results(Evaluation evaluation) {
    return new ModelResults(
        evaluation.model(),
        evaluation.target(),
        evaluation.unit(),
        evaluation.scores(),
        evaluation.predictions(),
        List.of(),
        file -> Optional.empty());
  }

  private static ModelResults results(TrainedRun run) {
    List<RoundMetrics> rounds = run.directory().rounds();
    return new ModelResults(
        run.model().model().name(),
        run.model().model().task().title(),
        run.model().model().task().unit(),
        List.of(),
        List.of(),
        rounds,
        file -> Optional.empty());
  }
}
