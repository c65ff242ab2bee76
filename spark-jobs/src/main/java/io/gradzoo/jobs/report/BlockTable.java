package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.Emphasis;

/** A table with a name and numbers in each row. */
record BlockTable(ReportBlock.Table table) {

  Markup draw() {
    Markup text = new Markup().open("div", "class", "scroll").open("table", "class", "scores");
    text.element("caption", table.caption()).open("thead").open("tr");
    text.element("th", table.rowHeading(), "scope", "col");
    for (String column : table.columns()) {
      text.element("th", column, "scope", "col", "class", "number");
    }
    text.close().close().open("tbody");
    table.rows().forEach(row -> draw(text, row));
    return text.close().close().close();
  }

  private static void draw(Markup text, ReportBlock.TableRow row) {
    text.open("tr", "class", row.emphasis() == Emphasis.STRONG ? "own" : "other");
    text.open("th", "scope", "row").text(row.name());
    if (!row.note().isEmpty()) {
      text.text(" ").element("small", row.note());
    }
    text.close();
    for (ReportBlock.TableCell cell : row.cells()) {
      text.open("td", "class", "number");
      if (cell.emphasis() == Emphasis.STRONG) {
        text.element("strong", cell.text()).close();
      } else {
        text.text(cell.text()).close();
      }
    }
    text.close();
  }
}
