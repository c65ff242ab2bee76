package io.gradzoo.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SharedSession;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import io.gradzoo.jobs.zoo.ZooGeneration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hybrids and the GradMetaNet of convolutions, from a zoo to its predictions. */
class GradientModelJobsTest {
  private static final String ZOO = "small";
  private static final String TRAINING =
      ", training { shards = 3, rounds = 2, steps-per-round = 2, batch-size = 4 } }";

  @TempDir static Path folder;
  private static TableStore store;

  @BeforeAll
  static void makeTables() {
    store = TableStores.plainParquet(SharedSession.get(), folder + "/tables");
    run(new ZooGeneration(), "first");
    run(new GradientComputation(), "first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"convolution", "hybrid", "plain-hybrid", "hybrid-plus-plus"})
  void isTrainedEvaluatedAndReadBackForPredictions(String model) throws IOException {
    run(new TrainingJob(model), "first");
    RunDirectory run = directory("first", model);
    run(new EvaluationJob(run), "first");
    run(new PredictionJob(run), "first");

    JsonNode evaluation =
        new ObjectMapper().readTree(run.path().resolve("evaluation.json").toFile());
    assertThat(evaluation.path("scores").findValuesAsText("name"))
        .startsWith(model, "mean predictor");
    var predictions = store.read(ZOO, PredictionsTable.of(model));
    assertThat(predictions.count()).isEqualTo(12);
    assertThat(predictions.where("predicted_test_accuracy BETWEEN 0 AND 1").count()).isEqualTo(12);
    assertThat(predictions.select("predicted_test_accuracy").distinct().count())
        .as("it tells members apart")
        .isGreaterThan(6);
  }

  @Test
  void equalConfigsGiveEqualBytes() throws IOException {
    for (String model : List.of("convolution", "hybrid")) {
      run(new TrainingJob(model), "once");
      run(new TrainingJob(model), "again");

      assertThat(file("once", model)).isEqualTo(file("again", model));
    }
  }

  private static byte[] file(String place, String model) throws IOException {
    return Files.readAllBytes(directory(place, model).path().resolve("model.safetensors"));
  }

  private static RunDirectory directory(String place, String model) {
    return RunDirectory.of(folder.resolve(place).toString(), ZOO, model);
  }

  private static void run(Job job, String place) {
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "seed=258",
                "zoo.name=" + ZOO,
                "zoo.runs=12",
                "zoo.architectures=[\"1x8x8:conv4k3s2p0:conv4k3s1p0:gap:dense10\", \"64:dense8:dense10\"]",
                "zoo.epochs=2",
                "zoo.checkpoints=[1, 2]",
                "gradients.probe-samples=8",
                "gradients.members=all",
                "gradients.convolutions=maps",
                "splits={ train = 0.4, validation = 0.3, test = 0.3 }",
                "storage.runs=" + folder.resolve(place)));
    assignments.add(
        "models.convolution={kind=gradmetanet_convolution, members=cnn,"
            + " gradmetanet_convolution { width = 8, token-width = 4 }"
            + TRAINING);
    assignments.add(hybrid("hybrid", "gradmetanet { width = 8 }", "auto", "hybrid"));
    assignments.add(hybrid("plain-hybrid", "gradmetanet { width = 8 }", "permutation", "hybrid"));
    assignments.add(
        hybrid(
            "hybrid-plus-plus",
            "gradmetanet_plus_plus { width = 8, blocks = 1 }",
            "auto",
            "hybrid_plus_plus"));
    job.run(
        new JobContext(
            new ConfigLayers(Optional.empty(), Optional.empty(), assignments).load(),
            store,
            Progress.to(new PrintStream(new ByteArrayOutputStream())),
            new PrintWriter(new StringWriter())));
  }

  private static String hybrid(String name, String gradients, String symmetry, String kind) {
    return "models."
        + name
        + "={kind="
        + kind
        + ", members=mlp, "
        + gradients
        + ", scalegmn { width = 8, layers = 2, symmetry = "
        + symmetry
        + " }"
        + TRAINING;
  }
}
