package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.editing.EditComparison;
import io.gradzoo.jobs.editing.EditScore;
import io.gradzoo.jobs.editing.EditScore.Spread;
import io.gradzoo.jobs.editing.PruningComparison;
import io.gradzoo.jobs.editing.PruningScore;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.finetune.FineTunedZoo;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.task.registry.BuiltInTasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    String result = html(evaluation("scalegmn"));
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
  void whatBecameOfNetworksIsDrawnByTheSameCharts() throws Exception {
    NetworkMeasures before = new NetworkMeasures(1.5, 0.5, 1.6, 100, 0.1);
    NetworkMeasures after = new NetworkMeasures(1.2, 0.625, 1.25, 50, 0.4);
    EditComparison comparison =
        new EditComparison(
            "editor",
            "loss",
            1e-3,
            List.of(
                EditScore.of("as they are", List.of(before), List.of(before), 1, 0),
                EditScore.of("editor, one pass", List.of(before), List.of(after), 1, 0.01)),
            List.of(new EditComparison.EditedPair("r000000-e002", "tanh:2:dense1", before, after)),
            null);
    Spread share = new Spread(0.4, 0.1);
    PruningComparison pruning =
        new PruningComparison(
            "editor",
            null,
            "tiny_pruned",
            2,
            3,
            Stream.of(0.6, 0.9)
                .map(
                    sparsity ->
                        new PruningScore(
                            "magnitude",
                            sparsity,
                            1,
                            share,
                            share,
                            null,
                            share,
                            null,
                            0,
                            0,
                            0.01,
                            1))
                .toList());
    FineTunedZoo tuned =
        new FineTunedZoo(
            "tiny", "tiny_tuned", 1, new FineTunedZoo.EditTotals(1, 0, 0, before, after, 8));
    Path page = folder.resolve("changed.html");
    Files.writeString(
        page,
        "<!DOCTYPE html><meta charset='utf-8'>" + html(comparison) + html(pruning) + html(tuned));

    browser.open(page.toUri());
    browser.waitFor(DRAWN);

    assertThat(browser.evaluate("document.querySelectorAll('.drawing svg').length").asInt())
        .isEqualTo(3);
    assertThat(browser.evaluate("document.querySelectorAll('table').length").asInt()).isEqualTo(3);
    assertThat(tipOfFirstPoint())
        .containsEntry("network", "r000000-e002")
        .containsEntry("accuracy before", "0.5000")
        .containsEntry("accuracy after one pass", "0.6250");
    assertThat(browser.requests()).containsExactly(page.toUri().toString());
    assertThat(browser.errors()).isEmpty();
  }

  private static String html(JobResult result) {
    return new StepResult<>(result, List.of(), BuiltInTasks.ALL).toHtml();
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
