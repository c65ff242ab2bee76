package io.gradzoo.e2e;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.testing.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged and foreign run directories: exit code 3 and one line that names the file. What a
 * checksum would find is looked for in a run without any, as another program may write it.
 */
class RunDirectoryFaultsTest {
  private static final String MODEL = "model.safetensors";
  private static final String CONFIG = "config.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Workplace place;
  private Path run;

  @BeforeEach
  void copyARun() throws IOException {
    place = ReferenceJob.get().place();
    run = withoutChecksums(copy("scalegmn", "scalegmn"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "predict", "symmetry check"})
  void aBitThatFlippedInTheTensorsIsNamed(String command) throws IOException {
    Path own = copy("gradmetanet", "own");
    byte[] bytes = Files.readAllBytes(own.resolve(MODEL));
    bytes[bytes.length - 1] ^= 1;
    Files.write(own.resolve(MODEL), bytes);

    place
        .gradzoo((command + " --run=" + own).split(" "))
        .refused(3, own + "/model.safetensors: expected tensors and metadata of SHA-256");
  }

  @Test
  void aModelWithoutAChecksumIsReadAndALineSaysSo() {
    Outcome outcome = place.gradzoo("predict", "--run=" + run).ok();

    assertThat(outcome.err())
        .filteredOn(line -> line.contains("checksum"))
        .containsExactly(run + "/model.safetensors: has no checksum, read as it is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "predict", "symmetry check"})
  void aConfigThatWasEditedSinceIsRefused(String command) throws IOException {
    run = copy("scalegmn", "edited");
    editConfig(root -> root.put("seed", 8));

    for (String expected :
        List.of("the file as it was published", "the config that the model was trained with")) {
      place
          .gradzoo((command + " --run=" + run).split(" "))
          .refused(3, run + "/config.json: expected " + expected + ", of SHA-256");
      Files.deleteIfExists(run.resolve("_gradzoo.json"));
    }
  }

  @Test
  void everyEditOfAConfigIsFound() throws IOException {
    run = copy("scalegmn", "edited");
    String config = Files.readString(run.resolve(CONFIG));
    for (String edited :
        List.of(
            config.replace("\"train\": ", "\"train\":  "),
            config.replace("\"name\": \"tiny\"", "\"name\": \"tony\""),
            config + "\n")) {
      assertThat(edited).isNotEqualTo(config);
      Files.writeString(run.resolve(CONFIG), edited);

      evaluate(run).refused(3, run + "/config.json: expected the file as it was published");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "predict"})
  void aMissingRunIsNamed(String command) {
    Path missing = folder.resolve("none");

    place
        .gradzoo(command, "--run=" + missing)
        .refused(3, missing + "/model.safetensors: expected a file, found none", "gradzoo train");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "predict"})
  void aModelWithoutItsConfigIsRefused(String command) throws IOException {
    Files.delete(run.resolve(CONFIG));

    place.gradzoo(command, "--run=" + run).refused(3, run + "/config.json: expected a file");
  }

  @Test
  void aForeignFileIsNoModel() throws IOException {
    Files.writeString(run.resolve(MODEL), "not a model");

    evaluate(run).refused(3, run + "/model.safetensors");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.1, 0.5, 0.999})
  void aTruncatedModelIsRefused(double share) throws IOException {
    byte[] whole = Files.readAllBytes(run.resolve(MODEL));
    Files.write(run.resolve(MODEL), Arrays.copyOf(whole, (int) (share * whole.length)));

    evaluate(run).refused(3, run + "/model.safetensors");
  }

  @Test
  void safetensorsOfSomethingElseAreNoModel() throws IOException {
    editText(MODEL, text -> text.replace("gradzoo-model-1", "another-model-1"));

    evaluate(run).refused(3, "expected format gradzoo-model-1, found another-model-1");
  }

  @Test
  void weightsThatAreNoNumbersAreRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(run.resolve(MODEL));
    Arrays.fill(bytes, bytes.length - 4, bytes.length, (byte) 0xff);
    Files.write(run.resolve(MODEL), bytes);

    evaluate(run).refused(3, "expected finite numbers in ");
  }

  @Test
  void aConfigOfAWiderModelIsRefused() throws IOException {
    editConfig(root -> ((ObjectNode) root.at("/models/scalegmn/scalegmn")).put("width", 16));

    evaluate(run).refused(3, run + "/model.safetensors: expected ", "[", "(found ");
  }

  @Test
  void aConfigWithoutTheModelIsRefused() throws IOException {
    editConfig(root -> ((ObjectNode) root.get("models")).remove("scalegmn"));

    evaluate(run).refused(3, "expected a model of config.json, found \"scalegmn\"");
  }

  @Test
  void aConfigOfAnotherKindOfModelIsRefused() throws IOException {
    editConfig(
        root -> {
          ObjectNode models = (ObjectNode) root.get("models");
          models.set("scalegmn", models.get("gradmetanet"));
        });

    evaluate(run).refused(3, run + "/model.safetensors: expected ");
  }

  @Test
  void aGarbledConfigIsTheRunsFault() throws IOException {
    Files.writeString(run.resolve(CONFIG), "{ gradzoo: [");

    Outcome outcome = evaluate(run);

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.errors()).singleElement().asString().contains(run + "/config.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "relu:64:dense8", "relu:1x8x8:conv4k3s2p0:gap:dense10"})
  void architecturesThatTheModelCannotHaveSeenAreRefused(String architecture) throws IOException {
    String text = text(MODEL);
    int start = text.indexOf("\"architectures\":\"") + "\"architectures\":\"".length();
    int length = text.indexOf('"', start) - start;
    String padded = architecture + " " + "y".repeat(length - architecture.length() - 1);
    editText(MODEL, all -> all.substring(0, start) + padded + all.substring(start + length));

    evaluate(run).refused(3, run + "/model.safetensors: expected ");
  }

  @Test
  void aGradMetaNetWithoutItsStatisticsIsRefused() throws IOException {
    run = withoutChecksums(copy("gradmetanet", "gradmetanet"));
    editText(MODEL, text -> text.replace("statistics.mean", "statistics.maan"));

    evaluate(run).refused(3, run + "/model.safetensors: expected ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluation.json", "metrics.jsonl", "config.json"})
  void aFileThatWasEditedIsNamedByTheReport(String name) throws IOException {
    Path own = Files.createDirectories(folder.resolve("runs")).resolve("tiny-scalegmn");
    Files.move(copy("scalegmn", "edited"), own);
    String text = Files.readString(own.resolve(name));
    Files.writeString(own.resolve(name), text.replaceFirst("\\d(?=\\D*$)", "7") + " ");

    place
        .gradzoo("report", "--set=storage.runs=" + own.getParent())
        .refused(3, own + "/" + name + ": expected the file as it was published, of SHA-256");
  }

  @Test
  void aGoodModelOfAnotherRunIsRefused() throws IOException {
    Path own = copy("scalegmn", "own");
    Files.copy(place.run("gradmetanet").resolve(MODEL), own.resolve(MODEL), REPLACE_EXISTING);

    evaluate(own).refused(3, own + "/model.safetensors: expected the file as it was published");
  }

  @Test
  void aGarbledEvaluationIsNamedByTheReport() throws IOException {
    Path runs = folder.resolve("runs");
    Files.createDirectories(runs);
    Files.move(run, runs.resolve("tiny-scalegmn"));
    Files.writeString(runs.resolve("tiny-scalegmn/evaluation.json"), "{\"model\":");

    place
        .gradzoo("report", "--set=storage.runs=" + runs)
        .refused(3, runs + "/tiny-scalegmn/evaluation.json: expected", "evaluate again");
  }

  @Test
  void garbledMetricsAreNamedByTheReport() throws IOException {
    Path runs = folder.resolve("runs");
    Files.createDirectories(runs);
    Files.move(run, runs.resolve("tiny-scalegmn"));
    Files.writeString(runs.resolve("tiny-scalegmn/metrics.jsonl"), "{}\n{\n");

    place
        .gradzoo("report", "--set=storage.runs=" + runs)
        .refused(3, runs + "/tiny-scalegmn/metrics.jsonl:2: expected JSON");
  }

  private Outcome evaluate(Path directory) {
    return place.gradzoo("evaluate", "--run=" + directory);
  }

  private Path copy(String model, String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    try (Stream<Path> files = Files.list(place.run(model))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private static Path withoutChecksums(Path directory) throws IOException {
    Safetensors whole = Safetensors.read(directory.resolve(MODEL));
    Map<String, String> metadata = new TreeMap<>(whole.metadata());
    assertThat(metadata.remove("sha256")).matches("[0-9a-f]{64}");
    assertThat(metadata.remove("config-hash")).matches("[0-9a-f]{64}");
    Files.delete(directory.resolve("_gradzoo.json"));
    try (OutputStream out = Files.newOutputStream(directory.resolve(MODEL))) {
      Safetensors.of(metadata, whole.tensors()).write(out);
    }
    return directory;
  }

  private String text(String name) throws IOException {
    return Files.readString(run.resolve(name), StandardCharsets.ISO_8859_1);
  }

  /** Changes bytes, not their count. */
  private void editText(String name, UnaryOperator<String> edit) throws IOException {
    String before = text(name);
    String after = edit.apply(before);
    assertThat(after).isNotEqualTo(before).hasSameSizeAs(before);
    Files.writeString(run.resolve(name), after, StandardCharsets.ISO_8859_1);
  }

  private void editConfig(java.util.function.Consumer<ObjectNode> edit) throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(run.resolve(CONFIG).toFile());
    edit.accept((ObjectNode) root.get("gradzoo"));
    JSON.writeValue(run.resolve(CONFIG).toFile(), root);
  }
}
