package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.jobs.facade.Presets;
import io.gradzoo.jobs.facade.StepSettings;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code of the notebooks runs, and comes to what they show. They share a folder of tables. */
class NotebookTest {
  private static final Path NOTEBOOKS = Path.of("../deploy/notebooks");

  private static final List<String> QUICK =
      List.of("1-explore-a-zoo.ipynb", "2-gradients-and-curvature.ipynb");

  @TempDir static Path folder;

  @BeforeAll
  static void takePresetsFromHere() {
    System.setProperty(Presets.HOME, "..");
  }

  static List<String> quick() {
    return QUICK;
  }

  static List<String> others() throws IOException {
    try (Stream<Path> files = Files.list(NOTEBOOKS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".ipynb") && !QUICK.contains(name))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("quick")
  void itsCellsComeToWhatTheyShow(String notebook) throws Exception {
    check(notebook);
  }

  @ParameterizedTest
  @MethodSource("others")
  @Tag("slow")
  void soDoThoseOfTheOthers(String notebook) throws Exception {
    check(notebook);
  }

  /** In a session of its own, as a notebook has. */
  private static void check(String notebook) throws Exception {
    SparkSession.setActiveSession(SharedSession.get().newSession());
    try {
      run(NOTEBOOKS.resolve(notebook));
    } finally {
      SparkSession.clearActiveSession();
    }
  }

  private static void run(Path notebook) throws Exception {
    JsonNode cells = new ObjectMapper().readTree(notebook.toFile()).path("cells");
    int compared = 0;
    try (Snippets snippets = new Snippets(System.getProperty("java.class.path"))) {
      snippets.run(ShellCommand.start(settings()), value -> {});
      for (JsonNode cell : cells) {
        if (cell.path("cell_type").asText().equals("code") && !tagged(cell, "setup")) {
          List<String> shown = new ArrayList<>();
          snippets.run(text(cell.path("source")), shown::add);
          for (JsonNode output : cell.path("outputs")) {
            compared++;
            assertThat(shown)
                .as(text(cell.path("source")))
                .last()
                .isEqualTo(text(output.path("data").path("text/plain")));
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(3);
  }

  private static StepSettings settings() {
    return StepSettings.DEFAULTS.with(
        List.of(
            "storage.warehouse=" + folder.resolve("warehouse"),
            "storage.runs=" + folder.resolve("runs")));
  }

  private static boolean tagged(JsonNode cell, String tag) {
    return StreamSupport.stream(cell.path("metadata").path("tags").spliterator(), false)
        .anyMatch(each -> each.asText().equals(tag));
  }

  private static String text(JsonNode lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.asText()));
    return text.toString();
  }
}
