package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.ZooSummary;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.table.MemberStatus;

/** The section of the zoo: what became of its members, and how good they are. */
record ZooSection(ZooSummary zoo) {

  void draw(Markup page) {
    page.open("section").element("h2", "The zoo");
    page.open("div", "class", "scroll").open("table", "class", "outcomes");
    page.element("caption", "What became of the zoo's networks").open("thead").open("tr");
    page.element("th", "outcome", "scope", "col");
    page.element("th", "networks", "scope", "col", "class", "number");
    page.element("th", "share", "scope", "col", "class", "number").close().close().open("tbody");
    outcome(page, MemberStatus.OK, zoo.ok());
    outcome(page, MemberStatus.DIVERGED, zoo.diverged());
    outcome(page, MemberStatus.FAILED, zoo.failed());
    page.close().close().close();
    if (!zoo.accuracies().isEmpty()) {
      histogram(page);
    }
    page.close();
  }

  private void histogram(Markup page) {
    page.open("figure", "class", "wide").open("figcaption").element("b", "Test accuracy").close();
    page.add(new Histogram(zoo.accuracies()).chart().draw()).close();
  }

  private void outcome(Markup page, MemberStatus status, int count) {
    page.open("tr").element("th", status.id(), "scope", "row");
    page.element("td", Numbers.count(count), "class", "number");
    String share = Numbers.fixed(100.0 * count / zoo.members(), 1) + " %";
    page.element("td", share, "class", "number").close();
  }
}
