package io.gradzoo.jobs.report;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.task.Tasks;

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
   * @param tasks whose sections show results
   */
  public static String of(JobResult result, String text, NetworkDetails networks, Tasks tasks) {
    Markup page = new Markup().open("div", "class", SCOPE);
    page.stylesheet("." + SCOPE + " {\n" + HtmlReport.stylesheet().replace(":root", "&") + "}\n");
    ResultBlocks shown = ResultBlocks.of(result, tasks);
    if (!shown.blocks().isEmpty()) {
      new ModelSection(shown.name(), shown.blocks(), networks).draw(page);
    }
    page.element("pre", text);
    if (shown.blocks().stream().anyMatch(block -> !(block instanceof ReportBlock.Table))) {
      page.script(ChartRuntime.script());
    }
    return page.close().toString();
  }

  /** What a zoo says of the networks that the charts of a result show. */
  public static NetworkDetails networks(
      JobResult result, Tasks tasks, TableStore tables, String zoo) {
    return NetworkDetails.read(tables, zoo, ResultBlocks.of(result, tasks).blocks());
  }
}
