package io.gradzoo.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hybrids and the GradMetaNet of convolutions, from a zoo to its predictions. */
class GradientModelJobsTest {
  private static final String ZOO = "small";
  private static final String TRAINING =
      ", training { shards = 3, rounds = 2, steps-per-round = 2, batch-size = 4 } }";

  @TempDir static Path folder;
  private static TableStore store;

  @BeforeAll
  static void openStore() {
    store = TableStores.plainParquet(SharedSession.get(), folder + "/tables");
  }

  @Test
  void accuracyModelsAreTrainedEvaluatedAndReadBackForPredictions() throws IOException {
    run(new ZooGeneration(), trained());
    run(new GradientComputation(), trained());
    for (String model : List.of("convolution", "hybrid")) {
      run(new TrainingJob(model), trained());
      RunDirectory run = RunDirectory.of(folder + "/digits", ZOO, model);
      run(new PredictionJob(run), trained());

      var predictions = store.read(ZOO, PredictionsTable.of(model));
      assertThat(predictions.count()).isEqualTo(12);
      assertThat(predictions.where("predicted_test_accuracy BETWEEN 0 AND 1").count())
          .isEqualTo(12);
      assertThat(predictions.select("predicted_test_accuracy").distinct().count())
          .as("members that " + model + " tells apart")
          .isGreaterThan(6);
    }
    RunDirectory convolution = RunDirectory.of(folder + "/digits", ZOO, "convolution");
    run(new EvaluationJob(convolution), trained());
    assertThat(scores(convolution)).startsWith("convolution", "mean predictor");
  }

  @Test
  void aHybridPredictsTheFisherTraceBesideTheEstimators() throws IOException {
    for (Job job :
        List.of(new ZooGeneration(), new GradientComputation(), new TrainingJob("trace"))) {
      run(job, untrained());
    }
    RunDirectory run = RunDirectory.of(folder + "/sirens", "sirens", "trace");
    run(new EvaluationJob(run), untrained());

    assertThat(scores(run)).containsExactly("trace", "standard estimator", "K-FAC", "EK-FAC");
  }

  private static List<String> scores(RunDirectory run) throws IOException {
    return new ObjectMapper()
        .readTree(run.path().resolve("evaluation.json").toFile())
        .path("scores")
        .findValuesAsText("name");
  }

  private static List<String> trained() {
    return List.of(
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
        "storage.runs=" + folder.resolve("digits"),
        "models.convolution={kind=gradmetanet_convolution, members=cnn,"
            + " gradmetanet_convolution { width = 8, token-width = 4 }"
            + TRAINING,
        "models.hybrid={kind=hybrid, members=mlp, gradmetanet { width = 8 },"
            + " scalegmn { width = 8, layers = 2 }"
            + TRAINING);
  }

  private static List<String> untrained() {
    return List.of(
        "zoo.name=sirens",
        "zoo.source=random",
        "zoo.images=none",
        "zoo.runs=40",
        "zoo.architectures=[\"sine1:1:dense4:dense4:dense1\"]",
        "gradients.probe=points",
        "gradients.probe-samples=8",
        "gradients.target-samples=50",
        "gradients.signal=output",
        "gradients.loss=output_k",
        "storage.runs=" + folder.resolve("sirens"),
        "models.trace={kind=hybrid_plus_plus, members=mlp, task=fisher_trace,"
            + " gradmetanet_plus_plus { width = 8, blocks = 1 }, scalegmn { width = 8, layers = 2 }"
            + TRAINING);
  }

  private static void run(Job job, List<String> assignments) {
    job.run(
        new JobContext(
            new ConfigLayers(Optional.empty(), Optional.empty(), assignments).load(),
            store,
            Progress.to(new PrintStream(new ByteArrayOutputStream())),
            new PrintWriter(new StringWriter())));
  }
}
