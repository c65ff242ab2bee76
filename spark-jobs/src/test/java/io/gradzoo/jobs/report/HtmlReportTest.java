package io.gradzoo.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlReportTest {
  private static final String HOSTILE =
      "</title></style></svg><script>alert(1)</script>\"' onload='x' &amp; <b>\u0000\u202e]]>";

  @Test
  void aPlausibleReportCanBeLookedAt() throws IOException {
    Path page = Path.of("target", "sample-report.html");

    Files.writeString(page, HtmlReport.render(SampleReports.plausible()));

    assertThat(page).isNotEmptyFile();
  }

  @Test
  void thePageIsWellFormedSoEveryElementIsClosed() throws Exception {
    Document page = parse(HtmlReport.render(SampleReports.plausible()));

    assertThat(page.getElementsByTagName("section").getLength()).isEqualTo(5);
  }

  @Test
  void metricsOfATaskStandBesideThoseOfAll() throws Exception {
    String html = HtmlReport.render(SampleReports.plausible());

    assertThat(html).contains("class=\"number\">bias</th>", "0.2500");
  }

  @Test
  void hostileTextStaysText() throws Exception {
    String html = HtmlReport.render(SampleReports.hostile(HOSTILE));
    Document page = parse(html);

    Document harmless = parse(HtmlReport.render(SampleReports.hostile("harmless")));
    for (String tag : new String[] {"*", "b", "script", "style", "title"}) {
      assertThat(page.getElementsByTagName(tag).getLength())
          .as(tag)
          .isEqualTo(harmless.getElementsByTagName(tag).getLength());
    }
    assertThat(html).doesNotContain("<script>alert", "\u0000", "\u202e");
    assertThat(page.getElementsByTagName("script").item(0).getTextContent())
        .contains("\\u003c/script\\u003e")
        .doesNotContain("<", ">", "&");
    String shown = HOSTILE.replace('\u0000', '\uFFFD').replace('\u202e', '\uFFFD');
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo(shown);
    assertThat(page.getElementsByTagName("pre").item(0).getTextContent()).isEqualTo(shown);
    forEach(
        page,
        "*",
        element -> assertThat(element.hasAttribute("onload")).as(element.getTagName()).isFalse());
  }

  @Test
  void nothingIsFetchedFromAnywhere() {
    String html = HtmlReport.render(SampleReports.plausible());

    assertThat(withoutRuntime(html))
        .doesNotContain("http://", "https://", "url(", "@import", "src=", "href=");
    assertThat(html).contains("default-src &#39;none&#39;");
  }

  @Test
  void itsPolicyAllowsNothingButItsOwnStylesheetAndScript() throws Exception {
    String html = HtmlReport.render(SampleReports.plausible());
    assertThat(html)
        .contains(
            "default-src &#39;none&#39;; style-src &#39;sha256-"
                + hash(html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>")))
                + "&#39;; style-src-attr &#39;unsafe-inline&#39;; script-src &#39;sha256-"
                + hash(script(html))
                + "&#39;; base-uri")
        .containsOnlyOnce("<script>");
    assertThat(withoutRuntime(html)).doesNotContain(" style=", "unsafe-eval");
  }

  @Test
  void equalReportsGiveEqualTextInEveryLocale() {
    String expected = HtmlReport.render(SampleReports.plausible());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(HtmlReport.render(SampleReports.plausible())).isEqualTo(expected);
      Locale.setDefault(Locale.GERMANY);
      assertThat(HtmlReport.render(SampleReports.plausible())).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void everyFigureSaysWhatItShowsAndEveryTableHasACaption() throws Exception {
    Document page = parse(HtmlReport.render(SampleReports.plausible()));
    forEach(
        page,
        "figure",
        figure -> {
          Element drawing = (Element) figure.getElementsByTagName("div").item(1);
          assertThat(drawing.getAttribute("role")).isEqualTo("img");
          assertThat(drawing.getAttribute("aria-label")).hasSizeGreaterThan(40);
        });
    forEach(
        page,
        "table",
        table -> assertThat(table.getFirstChild().getNodeName()).isEqualTo("caption"));
  }

  @Test
  void aRunWithNothingToShowStillGivesAPage() throws Exception {
    Document page = parse(HtmlReport.render(SampleReports.empty()));

    assertThat(page.getElementsByTagName("figure").getLength()).isZero();
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo("nothing");
    assertThat(Summary.of(SampleReports.empty())).isEqualTo("The zoo is empty.");
  }

  @Test
  void theSummaryComparesTheBestMetanetworkWithTheBestBaseline() {
    assertThat(Summary.of(SampleReports.plausible()))
        .isEqualTo(
            "GradMetaNet predicts the test accuracy of 397 unseen networks with Kendall τ-b 0.905"
                + " and R² 0.961; the best baseline, weight statistics, reaches 0.812. The zoo has"
                + " 2,000 networks: 1,987 trained, 11 diverged, 2 failed.");
  }

  @Test
  void itCarriesTheLicencesOfWhatDrawsItsCharts() {
    assertThat(script(HtmlReport.render(SampleReports.plausible())))
        .contains("Apache ECharts", "ZRender, Copyright (c) 2017, Baidu Inc.", "Mike Bostock");
  }

  private static String script(String html) {
    int start = html.indexOf("<script>") + "<script>".length();
    return html.substring(start, html.indexOf("</script>", start));
  }

  private static String withoutRuntime(String html) {
    return html.replace(script(html), "");
  }

  private static String hash(String text) throws NoSuchAlgorithmException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private interface Check {
    void on(Element element);
  }

  private static void forEach(Document page, String tag, Check check) {
    NodeList elements = page.getElementsByTagName(tag);
    assertThat(elements.getLength()).isPositive();
    for (int i = 0; i < elements.getLength(); i++) {
      check.on((Element) elements.item(i));
    }
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(withoutRuntime(html).getBytes(StandardCharsets.UTF_8)));
  }
}
