package io.gradzoo.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.prediction.Score;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.PairwiseAgreement;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hybrids and the GradMetaNet of convolutions, from a zoo to its predictions. */
class GradientModelJobsTest {
  private static final String TRAINING =
      ", training { shards = 3, rounds = 2, steps-per-round = 2, batch-size = 4 } }";

  @TempDir Path folder;

  @Test
  void accuracyModelsAreTrainedAndReadBackForPredictions() {
    JobRun digits = digits();
    digits.run(new ZooGeneration());
    digits.run(new GradientComputation());
    for (String model : List.of("convolution", "hybrid")) {
      digits.run(new TrainingJob(model));
      digits.run(new PredictionJob(digits.directory(model)));

      var predictions = digits.rows(PredictionsTable.of(model, new AccuracyTask().column()));
      assertThat(predictions.count()).isEqualTo(12);
      assertThat(predictions.where("predicted_test_accuracy BETWEEN 0 AND 1").count())
          .isEqualTo(12);
      assertThat(predictions.select("predicted_test_accuracy").distinct().count())
          .as("members that " + model + " tells apart")
          .isGreaterThan(6);
    }
  }

  @Test
  void aHybridPredictsTheFisherTraceBesideTheEstimators() {
    JobRun sirens = sirens();
    for (Job<?> job :
        List.of(new ZooGeneration(), new GradientComputation(), new TrainingJob("trace"))) {
      sirens.run(job);
    }
    sirens.run(new PredictionJob(sirens.directory("trace")));
    List<Score> scores = evaluated(sirens, "trace").scores();

    assertThat(scores)
        .extracting(Score::name)
        .containsExactly("trace", "standard estimator", "K-FAC", "EK-FAC");
    assertThat(scores).allSatisfy(score -> PairwiseAgreement.requirePossible(score.agreement()));
    PairwiseAgreement.of(test(sirens, "trace")).requireEqual(scores.get(0).agreement());
    assertThat(scores.get(1).agreement().tau())
        .as("eight points say much of the trace on fifty")
        .isGreaterThan(0.5);
    assertThat(scores.get(3).agreement().meanAbsoluteError())
        .as("EK-FAC has the standard estimate's trace")
        .isCloseTo(
            scores.get(1).agreement().meanAbsoluteError(),
            within(0.01 * scores.get(1).agreement().meanAbsoluteError()));
  }

  private static Evaluation evaluated(JobRun run, String model) {
    run.run(new EvaluationJob(run.directory(model)));
    return Evaluation.parse(Evaluation.FILE, run.directory(model).read(Evaluation.FILE));
  }

  private static List<Row> test(JobRun run, String model) {
    MetanetworkTask task = run.config().requireModel(model).task();
    return run.rows(PredictionsTable.of(model, task.column()))
        .where("split = 'test'")
        .collectAsList();
  }

  private JobRun digits() {
    return JobRun.in(
        folder,
        "seed=258",
        "zoo.runs=12",
        "zoo.architectures=[\"1x8x8:conv4k3s2p0:conv4k3s1p0:gap:dense10\", \"64:dense8:dense10\"]",
        "zoo.epochs=2",
        "zoo.checkpoints=[1, 2]",
        "gradients.probe-samples=8",
        "gradients.members=all",
        "gradients.convolutions=maps",
        "splits={ train = 0.4, validation = 0.3, test = 0.3 }",
        "models.convolution={kind=gradmetanet_convolution, members=cnn,"
            + " gradmetanet_convolution { width = 8, token-width = 4 }"
            + TRAINING,
        "models.hybrid={kind=hybrid, members=mlp, gradmetanet { width = 8 },"
            + " scalegmn { width = 8, layers = 2 }"
            + TRAINING);
  }

  private JobRun sirens() {
    return JobRun.in(
        folder,
        "zoo.source=random",
        "zoo.images=none",
        "zoo.runs=40",
        "zoo.architectures=[\"sine1:1:dense4:dense4:dense1\"]",
        "gradients.probe=points",
        "gradients.probe-samples=8",
        "gradients.target-samples=50",
        "gradients.signal=output",
        "gradients.loss=output_k",
        "models.trace={kind=hybrid_plus_plus, members=mlp, task=fisher_trace,"
            + " gradmetanet_plus_plus { width = 8, blocks = 1 }, scalegmn { width = 8, layers = 2 }"
            + TRAINING);
  }
}
