package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import java.util.List;

/**
 * The section of one metanetwork: the blocks that its task shows. Tables take the whole width,
 * charts stand side by side, line charts that follow each other in one column.
 *
 * @param details what tooltips say of networks
 */
record ModelSection(String name, List<ReportBlock> blocks, NetworkDetails details) {

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
        scatter(page, scatter);
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
    int look = 0;
    page.open("div");
    while (next < blocks.size() && blocks.get(next) instanceof ReportBlock.Lines lines) {
      page.open("figure").open("figcaption").element("b", lines.title()).close();
      page.add(new LineChart(lines).chart(look).draw()).close();
      look += lines.lines().size();
      next++;
    }
    page.close();
    return next;
  }

  private void scatter(Markup page, ReportBlock.Scatter scatter) {
    ScatterPlot plot = new ScatterPlot(scatter, details);
    int shown = plot.shown().size();
    int all = scatter.points().size();
    page.open("figure").open("figcaption").element("b", scatter.title());
    String of = shown < all ? Numbers.count(shown) + " of " : "";
    page.element("span", of + Numbers.count(all, scatter.noun()) + notFinite(scatter)).close();
    page.add(plot.chart().draw()).close();
  }

  /** What cannot be drawn is said. */
  private static String notFinite(ReportBlock.Scatter scatter) {
    long strange = scatter.points().stream().filter(point -> !point.finite()).count();
    return strange == 0
        ? ""
        : ", " + Numbers.count(strange, "point") + " NaN or infinite and not drawn";
  }
}
