package io.gradzoo.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SharedSession;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.symmetry.SymmetryCheck;
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

/** The GradMetaNet of transformers, from a zoo of sequences of two lengths to its predictions. */
class TransformerModelJobsTest {
  private static final String ZOO = "tokens";
  private static final String SHALLOW =
      "\"transformer:v4:t4:d4:h2:f5:l1:relu:full:mean10\","
          + " \"transformer:v6:t16:d6:h2:f4:l1:gelu:causal:mean10\"";
  private static final String DEEP = ", \"transformer:v4:t4:d4:h2:f5:l2:relu:full:mean10\"";

  @TempDir static Path folder;
  private static TableStore store;

  @BeforeAll
  static void makeZoo() {
    store = TableStores.plainParquet(SharedSession.get(), folder + "/tables");
    run(new ZooGeneration());
    run(new GradientComputation());
    run(new TrainingJob("m"));
  }

  @Test
  void everyMemberIsPredictedFromItsRunDirectory() {
    run(new PredictionJob(directory()));

    var predictions = store.read(ZOO, PredictionsTable.of("m"));
    assertThat(predictions.count()).isEqualTo(24);
    assertThat(predictions.where("predicted_test_accuracy BETWEEN 0 AND 1").count()).isEqualTo(24);
    assertThat(predictions.select("predicted_test_accuracy").distinct().count()).isGreaterThan(20);
  }

  @Test
  void itIsJudgedBesideBaselinesOnTheWeights() throws IOException {
    run(new EvaluationJob(directory()));

    JsonNode scores =
        new ObjectMapper()
            .readTree(directory().path().resolve("evaluation.json").toFile())
            .path("scores");
    assertThat(scores.findValuesAsText("name"))
        .containsExactly(
            "m",
            "mean predictor",
            "StatNN, gradient boosting",
            "StatNN, perceptron",
            "flat MLP",
            "DeepSets");
  }

  @Test
  void trainingAgainGivesTheSameBytes() throws IOException {
    Path model = directory().path().resolve(RunDirectory.MODEL);
    byte[] first = Files.readAllBytes(model);
    run(new TrainingJob("m"), "gradients.members-per-task=2");

    assertThat(Files.readAllBytes(model)).isEqualTo(first);
  }

  @Test
  void permutationsAndTheOrderOfTheSetAreRespectedAndOtherIdsAreNot() {
    String table = run(new SymmetryCheck(directory(), Optional.empty()));

    for (String activation : List.of("relu", "gelu")) {
      assertThat(table.lines())
          .as(table)
          .anyMatch(
              line -> line.matches(" *neuron permutations +" + activation + " +\\d+0 .* holds"))
          .anyMatch(line -> line.matches(" *orders of the set +" + activation + " .* holds"))
          .anyMatch(
              line ->
                  line.matches(
                      " *no symmetry: other token ids +"
                          + activation
                          + " .* changes, as it should"));
    }
    assertThat(table.lines()).last().isEqualTo("m respects all its symmetries");
  }

  @Test
  void membersOfSeveralDepthsAreRefused() {
    String architectures = "zoo.architectures=[" + SHALLOW + DEEP + "]";
    String zoo = "zoo.name=mixed";
    run(new ZooGeneration(), zoo, architectures);
    run(new GradientComputation(), zoo, architectures);
    GradzooException e =
        catchThrowableOfType(
            GradzooException.class, () -> run(new TrainingJob("m"), zoo, architectures));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e)
        .hasMessageContaining("models.m: expected members of one number of blocks, found ")
        .hasMessageContaining("(fix: zoo.architectures)");
  }

  private static RunDirectory directory() {
    return RunDirectory.of(folder + "/runs", ZOO, "m");
  }

  private static String run(Job job, String... more) {
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "seed=258",
                "zoo.name=" + ZOO,
                "zoo.runs=12",
                "zoo.architectures=[" + SHALLOW + "]",
                "zoo.epochs=2",
                "zoo.checkpoints=[1, 2]",
                "zoo.recipe.train-fraction=[0.1]",
                "gradients.probe-samples=5",
                "gradients.members=transformer",
                "splits={ train = 0.4, validation = 0.3, test = 0.3 }",
                "storage.runs=" + folder.resolve("runs"),
                "models.m={kind=gradmetanet_transformer, members=transformer,"
                    + " gradmetanet_transformer { width = 8, set-layers = 1, neuron-layers = 1 },"
                    + " training { shards = 3, rounds = 2, steps-per-round = 3, batch-size = 4 } }"));
    assignments.addAll(List.of(more));
    StringWriter out = new StringWriter();
    job.run(
        new JobContext(
            new ConfigLayers(Optional.empty(), Optional.empty(), assignments).load(),
            store,
            Progress.to(new PrintStream(new ByteArrayOutputStream())),
            new PrintWriter(out, true)));
    return out.toString();
  }
}
