package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.Fact;
import io.gradzoo.jobs.report.Report.StageTime;
import io.gradzoo.jobs.report.block.Numbers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Lays a {@link Report} out as one HTML page: stylesheet, charts and the script that draws them
 * inside, nothing fetched from anywhere (its own policy forbids it), light or dark as the reader's
 * system is. Equal reports give equal text.
 */
public final class HtmlReport {
  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-%s'; style-src-attr 'unsafe-inline';"
          + " script-src 'sha256-%s'; base-uri 'none'; form-action 'none'";

  private HtmlReport() {}

  /** The page, to be written as UTF-8. */
  public static String render(Report report) {
    Markup page = new Markup().open("html", "lang", "en");
    head(page, report.title());
    page.open("body").open("main");
    header(page, report);
    report
        .metanetworks()
        .forEach(m -> new ModelSection(m.name(), m.blocks(), report.networks()).draw(page));
    report.studies().forEach(study -> new StudySection(study).draw(page));
    if (report.zoo().members() > 0) {
      new ZooSection(report.zoo()).draw(page);
    }
    stages(page, report);
    origin(page, report);
    page.element("noscript", "The charts are drawn by a script in this page.");
    page.close().script(ChartRuntime.script());
    return "<!DOCTYPE html>\n" + page.close().close() + "\n";
  }

  private static void head(Markup page, String title) {
    page.open("head").empty("meta", "charset", "utf-8");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy());
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.element("title", title).stylesheet(stylesheet()).close();
  }

  private static void header(Markup page, Report report) {
    page.open("header").element("p", "Gradzoo report", "class", "kicker");
    page.element("h1", report.title());
    page.element("p", Summary.of(report), "class", "summary");
    page.open("dl", "class", "figures");
    Summary.headlines(report).stream()
        .limit(1)
        .flatMap(best -> best.figures().stream())
        .forEach(each -> figure(page, each.name(), each.value()));
    figure(page, "networks in the zoo", Numbers.count(report.zoo().members()));
    if (!report.stages().isEmpty()) {
      double total = report.stages().stream().mapToDouble(StageTime::seconds).sum();
      figure(page, "total time", Numbers.duration(total));
    }
    page.close().close();
  }

  private static void figure(Markup page, String name, String value) {
    page.open("div").element("dt", name).element("dd", value).close();
  }

  private static void stages(Markup page, Report report) {
    if (!report.stages().isEmpty()) {
      page.open("section").element("h2", "Where the time went");
      page.open("figure", "class", "wide")
          .add(new BarChart(report.stages()).chart().draw(report.stages().size()))
          .close()
          .close();
    }
  }

  private static void origin(Markup page, Report report) {
    page.open("section").element("h2", "How to get this again");
    page.open("div", "class", "scroll").open("table", "class", "facts");
    page.element("caption", "What the run stood on").open("tbody");
    for (Fact fact : report.environment()) {
      fact(page, fact.name(), fact.value());
    }
    fact(page, "configuration hash", report.config().hash());
    page.close().close().close();
    page.open("details").element("summary", "Effective configuration");
    page.element("pre", report.config().text()).close().close();
  }

  private static void fact(Markup page, String name, String value) {
    page.open("tr").element("th", name, "scope", "row").element("td", value).close();
  }

  /**
   * Allows nothing but our own stylesheet and script, known by their hashes, and the style
   * attributes that ECharts gives to text.
   */
  private static String policy() {
    return POLICY.formatted(hash(stylesheet()), hash(ChartRuntime.script()));
  }

  private static String hash(String content) {
    try {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String stylesheet() {
    return ChartRuntime.resource("report.css");
  }
}
