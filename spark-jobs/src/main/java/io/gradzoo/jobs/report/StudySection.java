package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.Curve;
import io.gradzoo.jobs.report.Report.CurvePoint;
import io.gradzoo.jobs.report.Report.EstimatorComparison;
import java.util.List;

/** The section of a study: errors against the number of training networks, drawn and listed. */
record StudySection(EstimatorComparison study, String id) {

  void draw(Markup page) {
    page.open("section").element("h2", "Curvature from few gradients");
    page.open("figure", "class", "wide").open("figcaption");
    page.element("b", "Error of the estimated Fisher diagonal");
    page.element("span", Numbers.count(study.networks(), "test network"));
    page.add(Series.legend(study.curves().stream().map(Curve::name).toList())).close();
    page.add(new ErrorChart(study.curves()).draw(id)).close();
    table(page);
    page.close();
  }

  private void table(Markup page) {
    page.open("div", "class", "scroll").open("table");
    page.element("caption", "Mean squared error in squared deviations of the targets");
    page.open("thead").open("tr").element("th", "estimator", "scope", "col");
    for (String column :
        List.of(
            "training networks",
            "error",
            "over seeds",
            "against standard",
            "settings tried",
            "parameters")) {
      page.element("th", column, "scope", "col", "class", "number");
    }
    page.close().close().open("tbody");
    for (Curve curve : study.curves()) {
      if (curve.parameters() == 0) {
        row(page, curve, "–", curve.points().get(0));
      } else {
        curve.points().forEach(point -> row(page, curve, Numbers.count(point.size()), point));
      }
    }
    page.close().close().close();
  }

  private void row(Markup page, Curve curve, String size, CurvePoint point) {
    double standard = study.curves().get(0).points().get(0).mean();
    double change = 100 * (point.mean() / standard - 1);
    page.open("tr").element("th", curve.name(), "scope", "row");
    page.element("td", size, "class", "number");
    page.element("td", Numbers.fixed(point.mean(), 5), "class", "number");
    page.element("td", spread(point), "class", "number");
    page.element("td", Numbers.fixed(change, 1) + " %", "class", "number");
    page.element("td", Numbers.count(curve.settingsTried()), "class", "number");
    page.element("td", Numbers.count(curve.parameters()), "class", "number").close();
  }

  private static String spread(CurvePoint point) {
    return point.least() == point.largest()
        ? "–"
        : Numbers.fixed(point.least(), 5) + " – " + Numbers.fixed(point.largest(), 5);
  }
}
