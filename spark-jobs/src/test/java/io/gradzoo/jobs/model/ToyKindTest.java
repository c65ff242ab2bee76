package io.gradzoo.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.symmetry.SymmetryCheck;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.PairwiseAgreement;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind that no class but its own knows, registered by one line, on its way through all jobs. */
class ToyKindTest {
  private static final String TOY =
      "models.m={kind=toy, members=mlp, toy { width = 4 },"
          + " training { shards = 2, rounds = 2, steps-per-round = 3, batch-size = 4 } }";

  @TempDir Path folder;

  @Test
  void aRegisteredKindIsTrainedJudgedAskedAndCheckedLikeAnyOther() {
    JobRun toy = JobRun.ofSmallMlps(folder).with(TOY).withKind(new ToyKind());
    toy.run(new ZooGeneration());
    toy.run(new GradientComputation());
    toy.run(new TrainingJob("m"));
    toy.run(new EvaluationJob(toy.directory("m")));
    toy.run(new PredictionJob(toy.directory("m")));

    var predictions = toy.rows(PredictionsTable.of("m", new AccuracyTask().column()));
    assertThat(predictions.select("predicted_test_accuracy").distinct().count()).isGreaterThan(12);
    var score =
        Evaluation.parse(Evaluation.FILE, toy.directory("m").read(Evaluation.FILE)).scores().get(0);
    assertThat(score.name()).isEqualTo("m");
    PairwiseAgreement.of(predictions.where("split = 'test'").collectAsList())
        .requireEqual(score.agreement());
    assertThat(toy.printed(new SymmetryCheck(toy.directory("m"), Optional.empty())).lines())
        .anyMatch(line -> line.matches(" *neuron permutations .* holds"))
        .anyMatch(line -> line.matches(" *no symmetry: orders of the set .* changes, as it should"))
        .anyMatch(line -> line.matches(" *no symmetry: positive scalings .* changes, as it should"))
        .last()
        .isEqualTo("m respects all its symmetries");
  }

  @Test
  void withoutThatLineNobodyKnowsIt() {
    GradzooException e =
        catchThrowableOfType(
            GradzooException.class, () -> JobRun.ofSmallMlps(folder).with(TOY).config());

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e)
        .hasMessageContaining("models.m.kind: expected one of scalegmn, gradmetanet,")
        .hasMessageContaining("found \"toy\"");
  }
}
