package io.gradzoo.jobs.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.prediction.Score;
import io.gradzoo.jobs.report.ReportJob;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.PairwiseAgreement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that no class but its own knows, registered by one line, on its way through all jobs. */
class ToyTaskTest {
  private static final String TOY =
      "models.m={kind=gradmetanet, members=mlp, task=toy, gradmetanet { width = 8 },"
          + " training { shards = 2, rounds = 12, steps-per-round = 10, batch-size = 4,"
          + " learning-rate = 0.02 } }";

  @TempDir static Path folder;

  private static JobRun toy;

  @BeforeAll
  static void trains() {
    toy = JobRun.ofSmallMlps(folder).with(TOY).withTask(ToyTask.REGISTERED);
    toy.run(new ZooGeneration());
    toy.run(new GradientComputation());
    toy.run(new TrainingJob("m"));
    toy.run(new PredictionJob(toy.directory("m")));
  }

  @Test
  void aRegisteredTaskIsTrainedJudgedAskedAndReportedLikeAnyOther() throws IOException {
    toy.run(new EvaluationJob(toy.directory("m")));
    toy.run(new ReportJob());

    List<RoundMetrics> rounds = toy.directory("m").rounds();
    assertThat(rounds.get(11).trainLoss()).isLessThan(0.2 * rounds.get(0).trainLoss());
    Evaluation evaluation =
        Evaluation.parse(Evaluation.FILE, toy.directory("m").read(Evaluation.FILE));
    assertThat(evaluation.target()).isEqualTo("toy loss");
    assertThat(evaluation.unit()).isEqualTo("nats");
    assertThat(evaluation.scores()).extracting(Score::name).containsExactly("m", "training mean");
    assertThat(evaluation.scores().get(0).metrics())
        .containsExactly(
            entry(
                "largest error",
                evaluation.predictions().stream()
                    .mapToDouble(Prediction::absoluteError)
                    .max()
                    .orElseThrow()));
    StringWriter printed = new StringWriter();
    evaluation.print(new PrintWriter(printed));
    assertThat(printed.toString())
        .contains("  m: largest error ", "  training mean: largest error ");
    var predictions = toy.rows(PredictionsTable.of("m", new ToyTask().column()));
    assertThat(
            predictions
                .join(toy.rows(MembersTable.SCHEMA), MembersTable.MEMBER_ID)
                .where("toy_loss = test_loss")
                .count())
        .isEqualTo(predictions.count())
        .isEqualTo(24);
    PairwiseAgreement.of(predictions.where("split = 'test'").collectAsList())
        .requireEqual(evaluation.scores().get(0).agreement());
    assertThat(Files.readString(folder.resolve("reports").resolve(JobRun.ZOO + ".html")))
        .contains("metanetworks that predict toy loss", "A toy was reported.", "toys</dt>")
        .contains("Largest errors after 12 rounds", "nats")
        .doesNotContain("Predicted against true", "Kendall", "training mean");
  }

  @Test
  void theLossOfAnExampleIsTheSquaredErrorOfItsPrediction() {
    RoundMetrics last = toy.directory("m").rounds().get(11);
    List<Prediction> validation =
        toy
            .rows(PredictionsTable.of("m", new ToyTask().column()))
            .where("split = 'validation'")
            .collectAsList()
            .stream()
            .map(row -> Prediction.of(row.getString(0), "", row.getDouble(3), row.getDouble(4)))
            .toList();
    double best =
        toy.directory("m").rounds().stream()
            .mapToDouble(RoundMetrics::validationLoss)
            .filter(loss -> !Double.isNaN(loss))
            .min()
            .orElseThrow();
    assertThat(Prediction.agreement(validation).meanSquaredError()).isCloseTo(best, within(1e-6));
    assertThat(last.validationLoss()).isGreaterThanOrEqualTo(best);
  }

  @Test
  void withoutThatLineNobodyKnowsIt() {
    GradzooException e =
        catchThrowableOfType(
            GradzooException.class, () -> JobRun.ofSmallMlps(folder).with(TOY).config());

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e)
        .hasMessageContaining(
            "models.m.task: expected one of accuracy, fisher_diagonal, fisher_trace")
        .hasMessageContaining("found \"toy\"");
  }
}
