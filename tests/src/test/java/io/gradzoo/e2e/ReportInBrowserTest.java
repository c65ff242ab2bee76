package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.MembersTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report and the HTML of results, as a browser shows them. */
class ReportInBrowserTest {
  private static final String DRAWN =
      "[...document.querySelectorAll('.drawing')].every(each => each.querySelector('svg path'))";

  /** Scrolls to the first network of the first plot, and says where it is in the window. */
  private static final String FIRST_POINT =
      """
      (() => {
        const plot = document.querySelector('.drawing.square');
        plot.scrollIntoView({ block: 'center' });
        const chart = echarts.getInstanceByDom(plot);
        const point = chart.getOption().series[0].data[0].value;
        const [x, y] = chart.convertToPixel({ seriesIndex: 0 }, point);
        const at = plot.getBoundingClientRect();
        return { x: at.left + x, y: at.top + y };
      })()""";

  private static final String TIP =
      "Object.fromEntries([...document.querySelectorAll('.tip tr')]"
          + ".map(row => [row.cells[0].textContent, row.cells[1].textContent]))";

  @TempDir static Path folder;

  private static Chromium browser;
  private static Workplace place;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Chromium.installed();
    assumeTrue(program.isPresent(), "no chromium on the PATH: no page is looked at");
    place = ReferenceJob.get().place();
    browser = Chromium.start(program.get(), Files.createDirectory(folder.resolve("browser")));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void thePointerOnANetworkShowsWhichItIsItsHyperparametersAndBothNumbers() throws Exception {
    browser.open(place.page().toUri());
    browser.waitFor(DRAWN);

    Map<String, String> tip = tipOfFirstPoint();

    Prediction shown = prediction(tip.get("network"), "gradmetanet");
    assertThat(tip)
        .containsEntry("true test accuracy", Numbers.fixed(shown.truth(), 4))
        .containsEntry("predicted test accuracy", Numbers.fixed(shown.predicted(), 4));
    Row drawn = hyperparameters(shown.memberId());
    assertThat(tip)
        .containsEntry("epoch", shown.memberId().substring(shown.memberId().length() - 1))
        .containsEntry("activation", drawn.getAs("activation"))
        .containsEntry("optimizer", drawn.getAs("optimizer"))
        .containsEntry(
            "learning rate",
            String.format(Locale.ROOT, "%.4g", drawn.<Double>getAs("learning_rate")))
        .containsEntry("batch size", drawn.getAs("batch_size").toString());
    assertThat(browser.requests()).containsExactly(place.page().toUri().toString());
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void resultsOfANotebookAreDrawnThoughSeveralStandOnOnePage() throws Exception {
    String result = new StepResult<>(evaluation("scalegmn"), List.of("a note")).toHtml();
    Path page = folder.resolve("notebook.html");
    // Notebooks with require.js have a define, which must not take the script for a module.
    String define =
        "<script>window.define = () => { throw 'a module'; }; define.amd = true</script>";
    Files.writeString(page, "<!DOCTYPE html><meta charset='utf-8'>" + define + result + result);

    browser.open(page.toUri());
    browser.waitFor(DRAWN);

    assertThat(browser.evaluate("document.querySelectorAll('.drawing svg').length").asInt())
        .isEqualTo(2);
    assertThat(tipOfFirstPoint()).containsKeys("network", "predicted test accuracy");
    assertThat(browser.requests()).containsExactly(page.toUri().toString());
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void itIsNoticedIfAPageAsksForMoreOrGoesWrong() throws Exception {
    Path page = folder.resolve("bad.html");
    Files.writeString(
        page, "<img src='nosuch.png'><script>console.error('bad'); nosuch()</script>");

    browser.open(page.toUri());

    assertThat(browser.requests()).anyMatch(url -> url.endsWith("nosuch.png"));
    assertThat(browser.errors())
        .anyMatch(error -> error.contains("bad"))
        .anyMatch(error -> error.contains("nosuch is not defined"))
        .hasSizeGreaterThan(2);
  }

  private static Map<String, String> tipOfFirstPoint() throws InterruptedException {
    JsonNode at = browser.evaluate(FIRST_POINT);
    browser.point(at.path("x").asDouble(), at.path("y").asDouble());
    browser.waitFor("document.querySelector('.tip')?.checkVisibility() === true");
    Map<String, String> tip = new LinkedHashMap<>();
    browser
        .evaluate(TIP)
        .fields()
        .forEachRemaining(row -> tip.put(row.getKey(), row.getValue().asText()));
    return tip;
  }

  private static Prediction prediction(String member, String model) {
    return evaluation(model).predictions().stream()
        .filter(each -> each.memberId().equals(member))
        .findFirst()
        .orElseThrow();
  }

  private static Evaluation evaluation(String model) {
    RunDirectory run = new RunDirectory(place.run(model).toString());
    return Evaluation.parse(run.place(Evaluation.FILE), run.read(Evaluation.FILE));
  }

  private static Row hyperparameters(String member) {
    return Workplace.rows(place.iceberg(), MembersTable.SCHEMA)
        .where("member_id = '" + member + "'")
        .select("hyperparameters.*")
        .head();
  }
}
