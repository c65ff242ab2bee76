package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import java.util.List;

/**
 * The section of one metanetwork: the blocks that its task shows. Tables take the whole width,
 * charts stand side by side, line charts that follow each other in one column.
 *
 * @param id prefix of the section's element ids
 */
record ModelSection(String name, List<ReportBlock> blocks, String id) {

  void draw(Markup page) {
    page.open("section").element("h2", name);
    int next = 0;
    while (next < blocks.size()) {
      if (blocks.get(next) instanceof ReportBlock.Table table) {
        page.add(new BlockTable(table).draw());
        next++;
      } else {
        next = charts(page, next);
      }
    }
    page.close();
  }

  /** Draws the charts up to the next table, which is where it returns. */
  private int charts(Markup page, int first) {
    int next = first;
    page.open("div", "class", "plots");
    while (next < blocks.size() && !(blocks.get(next) instanceof ReportBlock.Table)) {
      if (blocks.get(next) instanceof ReportBlock.Scatter scatter) {
        scatter(page, scatter, id + "-" + next);
        next++;
      } else {
        next = lines(page, next);
      }
    }
    page.close();
    return next;
  }

  /** Draws line charts up to another block, each line with a look of its own. */
  private int lines(Markup page, int first) {
    int next = first;
    int style = 0;
    page.open("div");
    while (next < blocks.size() && blocks.get(next) instanceof ReportBlock.Lines lines) {
      page.open("figure").open("figcaption").element("b", lines.title());
      if (lines.lines().size() > 1) {
        page.add(Series.legend(lines.lines().stream().map(ReportBlock.Line::name).toList(), style));
      }
      page.close().add(new LineChart(lines).draw(id + "-" + next, style)).close();
      style += lines.lines().size();
      next++;
    }
    page.close();
    return next;
  }

  private static void scatter(Markup page, ReportBlock.Scatter scatter, String id) {
    ScatterPlot plot = new ScatterPlot(scatter);
    List<String> series =
        Series.distinct(scatter.points().stream().map(ReportBlock.PlotPoint::series).toList());
    int shown = plot.shown().size();
    int all = scatter.points().size();
    page.open("figure").open("figcaption").element("b", scatter.title());
    String of = shown < all ? Numbers.count(shown) + " of " : "";
    page.element("span", of + Numbers.count(all, scatter.noun()) + notFinite(scatter));
    page.add(Series.legend(series, 0)).close();
    page.add(plot.draw(id, series)).close();
  }

  /** What cannot be drawn is said. */
  private static String notFinite(ReportBlock.Scatter scatter) {
    long strange = scatter.points().stream().filter(point -> !point.finite()).count();
    return strange == 0
        ? ""
        : ", " + Numbers.count(strange, "point") + " NaN or infinite and not drawn";
  }
}
