package io.gradzoo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON files say the same to readers that turn every number into a double. */
class ExactNumbersTest {
  /** 2⁵³ + 1, which no double is. */
  private static final String SEED = "9007199254740993";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static JobRun run;

  @BeforeAll
  static void runEveryJobThatWritesJson() {
    String training = "training { shards = 2, rounds = 2, steps-per-round = 2, batch-size = 4 }";
    run =
        JobRun.in(
            folder,
            "seed=" + SEED,
            "zoo.source=random",
            "zoo.images=none",
            "zoo.architectures=[\"sine1:1:dense4:dense1\"]",
            "zoo.runs=40",
            "gradients.probe=points",
            "gradients.probe-samples=8",
            "gradients.target-samples=16",
            "gradients.signal=output",
            "gradients.loss=output_k",
            "splits={ train = 0.6, validation = 0.2, test = 0.2 }",
            "study={ sizes = [4], seeds = 2, validation-members = 4 }",
            "models={m { kind = gradmetanet, members = mlp, task = fisher_diagonal,"
                + " gradmetanet { width = 4 }, "
                + training
                + " }}");
    run.run(new ZooGeneration());
    run.run(new GradientComputation());
    run.run(new TrainingJob("m"));
    run.run(new EvaluationJob(run.directory("m")));
    run.run(new CurvatureStudy());
  }

  @Test
  void noNumberLosesDigitsInADouble() throws IOException {
    List<Path> files = jsonFiles();

    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .contains(
            "_gradzoo.json",
            "config.json",
            "metrics.jsonl",
            "splits.json",
            "evaluation.json",
            "study.json");
    for (Path file : files) {
      try (JsonParser parser = new JsonFactory().createParser(Files.readAllBytes(file))) {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
          if (token == JsonToken.VALUE_NUMBER_INT) {
            BigDecimal written = new BigDecimal(parser.getText());
            assertThat(new BigDecimal(written.doubleValue()))
                .as("%s: %s", file, parser.currentName())
                .isEqualByComparingTo(written);
          }
        }
      }
    }
  }

  @Test
  void seedsStandInFullAndReadBack() throws IOException {
    Path runs = folder.resolve("runs");

    JsonNode config = JSON.readTree(runs.resolve("tiny-m/config.json").toFile());
    assertThat(config.at("/gradzoo/seed").asText()).isEqualTo(SEED);
    assertThat(JSON.readTree(runs.resolve("tiny-m/splits.json").toFile()).at("/seed").asText())
        .isEqualTo(SEED);
    JsonNode study = JSON.readTree(runs.resolve("tiny-study/study.json").toFile());
    assertThat(study.at("/learners/0/points/1/seed").asText()).isEqualTo("9007199254740994");
    assertThat(JobRun.of(runs.resolve("tiny-m/config.json"), folder).config().seed())
        .isEqualTo(Long.parseLong(SEED));
  }

  @Test
  void aTablesConfigIsAnObjectOfItsManifest() throws IOException {
    JsonNode manifest = JSON.readTree(folder.resolve("tables/tiny/members/_gradzoo.json").toFile());

    JsonNode config = manifest.path("properties").path("gradzoo.more.config");

    assertThat(config.at("/gradzoo/zoo/runs").asInt()).isEqualTo(40);
    assertThat(config.at("/gradzoo/seed").asText()).isEqualTo(SEED);
  }

  @Test
  void aStudyAndItsModelsNameTheirTestNetworks() throws IOException {
    JsonNode study = JSON.readTree(folder.resolve("runs/tiny-study/study.json").toFile());
    JsonNode splits = JSON.readTree(folder.resolve("runs/tiny-study/splits.json").toFile());

    List<String> members = texts(study.path("test_members"));

    assertThat(study.path("schema").asInt()).isEqualTo(2);
    assertThat(members).hasSize(study.path("test_networks").asInt()).isSorted();
    assertThat(members.stream().map(member -> member.substring(0, member.indexOf('-'))))
        .containsExactlyElementsOf(texts(splits.path("test")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static List<Path> jsonFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().matches(".*/[^./][^/]*\\.jsonl?")).toList();
    }
  }
}
