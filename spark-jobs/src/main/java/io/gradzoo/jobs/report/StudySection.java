package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.Curve;
import io.gradzoo.jobs.report.Report.CurvePoint;
import io.gradzoo.jobs.report.Report.EstimatorComparison;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.Emphasis;
import java.util.List;
import java.util.stream.Stream;

/** The section of a study: errors against the number of training networks, drawn and listed. */
record StudySection(EstimatorComparison study) {

  void draw(Markup page) {
    page.open("section").element("h2", "Curvature from few gradients");
    page.open("figure", "class", "wide").open("figcaption");
    page.element("b", "Error of the estimated Fisher diagonal");
    page.element("span", Numbers.count(study.networks(), "test network")).close();
    page.add(new ErrorChart(study.curves()).chart().draw()).close();
    page.add(new BlockTable(table()).draw()).close();
  }

  private ReportBlock.Table table() {
    return new ReportBlock.Table(
        "Mean squared error in squared deviations of the targets",
        "estimator",
        List.of(
            "training networks",
            "error",
            "over seeds",
            "against standard",
            "settings tried",
            "parameters"),
        study.curves().stream().flatMap(this::rows).toList());
  }

  private Stream<ReportBlock.TableRow> rows(Curve curve) {
    return curve.parameters() == 0
        ? Stream.of(row(curve, "–", curve.points().get(0)))
        : curve.points().stream().map(point -> row(curve, Numbers.count(point.size()), point));
  }

  private ReportBlock.TableRow row(Curve curve, String size, CurvePoint point) {
    double standard = study.curves().get(0).points().get(0).mean();
    double change = 100 * (point.mean() / standard - 1);
    List<String> cells =
        List.of(
            size,
            Numbers.fixed(point.mean(), 5),
            spread(point),
            Numbers.fixed(change, 1) + " %",
            Numbers.count(curve.settingsTried()),
            Numbers.count(curve.parameters()));
    return new ReportBlock.TableRow(
        curve.name(),
        "",
        Emphasis.NONE,
        cells.stream().map(text -> new ReportBlock.TableCell(text, Emphasis.NONE)).toList());
  }

  private static String spread(CurvePoint point) {
    return point.least() == point.largest()
        ? "–"
        : Numbers.fixed(point.least(), 5) + " – " + Numbers.fixed(point.largest(), 5);
  }
}
