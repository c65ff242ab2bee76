package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.Fact;
import io.gradzoo.jobs.report.Report.StageTime;
import io.gradzoo.jobs.report.block.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Lays a {@link Report} out as one HTML page: figures as inline SVG, the stylesheet inside, no
 * script, nothing fetched from anywhere (its own policy forbids it), light or dark as the reader's
 * system is. Equal reports give equal text.
 */
public final class HtmlReport {
  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'";

  private HtmlReport() {}

  /** The page, to be written as UTF-8. */
  public static String render(Report report) {
    Markup page = new Markup().open("html", "lang", "en");
    head(page, report.title());
    page.open("body").open("main");
    header(page, report);
    for (int i = 0; i < report.metanetworks().size(); i++) {
      Report.ModelResult model = report.metanetworks().get(i);
      new ModelSection(model.name(), model.blocks(), "metanetwork" + i).draw(page);
    }
    for (int i = 0; i < report.studies().size(); i++) {
      new StudySection(report.studies().get(i), "study" + i).draw(page);
    }
    if (report.zoo().members() > 0) {
      new ZooSection(report.zoo()).draw(page);
    }
    stages(page, report);
    origin(page, report);
    return "<!DOCTYPE html>\n" + page.close().close().close() + "\n";
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
          .add(new BarChart(report.stages()).draw("stages"))
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

  /** Allows nothing but our own stylesheet, known by its hash. */
  private static String policy() {
    try {
      byte[] css = stylesheet().getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(css);
      return POLICY.formatted(Base64.getEncoder().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String stylesheet() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
