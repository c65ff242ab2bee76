package io.gradzoo.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.prediction.Score;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.symmetry.SymmetryCheck;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.PairwiseAgreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The GradMetaNet of transformers, from a zoo of sequences of two lengths to its predictions. */
class TransformerModelJobsTest {
  private static final String SHALLOW =
      "\"transformer:v4:t4:d4:h2:f5:l1:relu:full:mean10\","
          + " \"transformer:v6:t16:d6:h2:f4:l1:gelu:causal:mean10\"";
  private static final String DEEP = ", \"transformer:v4:t4:d4:h2:f5:l2:relu:full:mean10\"";

  @TempDir static Path folder;
  private static JobRun tokens;

  @BeforeAll
  static void makeZoo() {
    tokens = tokens();
    tokens.run(new ZooGeneration());
    tokens.run(new GradientComputation());
    tokens.run(new TrainingJob("m"));
    tokens.run(new PredictionJob(directory()));
  }

  @Test
  void everyMemberIsPredictedFromItsRunDirectory() {
    var predictions = tokens.rows(PredictionsTable.of("m", new AccuracyTask().column()));
    assertThat(predictions.count()).isEqualTo(24);
    assertThat(predictions.where("predicted_test_accuracy BETWEEN 0 AND 1").count()).isEqualTo(24);
    assertThat(predictions.select("predicted_test_accuracy").distinct().count()).isGreaterThan(20);
  }

  @Test
  void itIsJudgedBesideBaselinesOnTheWeights() {
    tokens.run(new EvaluationJob(directory()));

    List<Score> scores =
        Evaluation.parse(Evaluation.FILE, directory().read(Evaluation.FILE)).scores();
    assertThat(scores)
        .extracting(Score::name)
        .containsExactly(
            "m",
            "mean predictor",
            "StatNN, gradient boosting",
            "StatNN, as published",
            "StatNN, perceptron",
            "flat MLP",
            "DeepSets");
    assertThat(scores).allSatisfy(score -> PairwiseAgreement.requirePossible(score.agreement()));
    assertThat(scores).extracting(Score::agreement).doesNotHaveDuplicates();
    PairwiseAgreement.of(ofSplit("test")).requireEqual(scores.get(0).agreement());
    double[] truth = PairwiseAgreement.truth(ofSplit("test"));
    double[] mean = new double[truth.length];
    Arrays.fill(
        mean, Arrays.stream(PairwiseAgreement.truth(ofSplit("train"))).average().orElseThrow());
    PairwiseAgreement.of(mean, truth).requireEqual(scores.get(1).agreement());
    assertThat(scores.get(1).agreement().r2())
        .as("of a constant other than the test members' mean")
        .isNegative();
  }

  @Test
  void trainingAgainGivesTheSameBytes() throws IOException {
    Path model = directory().path().resolve(RunDirectory.MODEL);
    byte[] first = Files.readAllBytes(model);
    tokens.with("gradients.members-per-task=2").run(new TrainingJob("m"));

    assertThat(Files.readAllBytes(model)).isEqualTo(first);
  }

  @Test
  void permutationsAndTheOrderOfTheSetAreRespectedAndOtherIdsAreNot() {
    String table = tokens.printed(new SymmetryCheck(directory(), Optional.empty()));

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
    JobRun mixed = tokens.with("zoo.name=mixed", "zoo.architectures=[" + SHALLOW + DEEP + "]");
    mixed.run(new ZooGeneration());
    mixed.run(new GradientComputation());
    GradzooException e = mixed.refusal(new TrainingJob("m"));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e)
        .hasMessageContaining("models.m: expected members of one number of blocks, found ")
        .hasMessageContaining("(fix: zoo.architectures)");
  }

  private static RunDirectory directory() {
    return tokens.directory("m");
  }

  private static List<Row> ofSplit(String split) {
    return tokens
        .rows(PredictionsTable.of("m", new AccuracyTask().column()))
        .where("split = '" + split + "'")
        .collectAsList();
  }

  private static JobRun tokens() {
    return JobRun.in(
        folder,
        "seed=258",
        "zoo.name=tokens",
        "zoo.runs=12",
        "zoo.architectures=[" + SHALLOW + "]",
        "zoo.epochs=2",
        "zoo.checkpoints=[1, 2]",
        "zoo.recipe.train-fraction=[0.1]",
        "gradients.probe-samples=5",
        "gradients.members=transformer",
        "splits={ train = 0.4, validation = 0.3, test = 0.3 }",
        "models.m={kind=gradmetanet_transformer, members=transformer,"
            + " gradmetanet_transformer { width = 8, set-layers = 1, neuron-layers = 1 },"
            + " training { shards = 3, rounds = 2, steps-per-round = 3, batch-size = 4 } }");
  }
}
