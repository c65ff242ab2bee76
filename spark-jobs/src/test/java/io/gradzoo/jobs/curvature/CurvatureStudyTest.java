package io.gradzoo.jobs.curvature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.Score;
import io.gradzoo.jobs.report.ReportJob;
import io.gradzoo.jobs.rounds.LocalTraining;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.task.diagonal.FisherDiagonalTask;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way from random networks to estimates of their Fisher diagonals, on a tiny zoo. */
class CurvatureStudyTest {
  private static final String TRAINING =
      ", training { shards = 2, rounds = 2, steps-per-round = 3, batch-size = 4 } }";
  private static final List<String> CONFIG =
      List.of(
          "zoo.name=sirens",
          "zoo.source=random",
          "zoo.images=none",
          "zoo.architectures=[\"sine1:1:dense5:dense4:dense1\"]",
          "zoo.runs=60",
          "gradients.probe=points",
          "gradients.probe-samples=24",
          "gradients.target-samples=96",
          "gradients.signal=output",
          "gradients.loss=output_k",
          "splits={ train = 0.6, validation = 0.2, test = 0.2 }",
          "study={ sizes = [4, 20], seeds = 2, validation-members = 8 }",
          "models={"
              + model("pure", "fisher_diagonal", "gradmetanet { width = 8 }")
              + model("reweighted", "fisher_diagonal", "gradmetanet { estimate = reweighted }")
              + model("trace", "fisher_trace", "gradmetanet { width = 8 }")
              + "}");

  private static final TableSchema DIAGONALS =
      PredictionsTable.of("reweighted", new FisherDiagonalTask().column());

  @TempDir static Path folder;
  private static JobRun sirens;

  private static String model(String name, String task, String network) {
    return name
        + " { kind = gradmetanet, members = mlp, task = "
        + task
        + ", "
        + network
        + TRAINING
        + "\n";
  }

  @BeforeAll
  static void makeTables() {
    sirens = JobRun.in(folder, CONFIG.toArray(String[]::new));
    run(new ZooGeneration());
    run(new GradientComputation());
  }

  @Test
  void aStudyMeasuresEveryLearnerAtEverySizeAndComesOutTheSameTwice() {
    run(new CurvatureStudy());
    RunDirectory directory = CurvatureStudy.directory(sirens.config());
    byte[] first = directory.read(Study.FILE);
    run(new CurvatureStudy());
    assertThat(directory.read(Study.FILE)).isEqualTo(first);

    Study study = Study.parse("study.json", first);
    assertThat(study.estimators())
        .extracting(Study.FixedEstimator::name)
        .containsExactly("standard estimator", "K-FAC", "EK-FAC");
    assertThat(study.learners())
        .extracting(Study.Learner::name)
        .containsExactly("pure", "reweighted", "sample reweighting");
    assertThat(study.learners()).allSatisfy(l -> assertThat(l.sizes()).containsExactly(4, 20));
    assertThat(study.learners()).allSatisfy(l -> assertThat(l.errors(20)).hasSize(2));
    assertThat(study.standardError()).isBetween(1e-4, 0.3);
    assertThat(study.learners().get(1).mean(20)).isLessThan(1.5 * study.standardError());
  }

  @Test
  void aStudyTakesTheTrainingsThatAreKeptAndMakesTheOthers() throws IOException {
    run(new CurvatureStudy());
    RunDirectory whole = CurvatureStudy.directory(sirens.config());
    JobRun apart = sirens.with("storage.runs=" + folder.resolve("apart"));

    assertThat(apart.said(new StudyRows(List.of("pure"))))
        .contains("study: 4/4 trainings", "4 of 12 trainings are kept");
    Path kept = folder.resolve("apart/.sirens-study.checkpoints");
    assertThat(kept.resolve("trainings-000004.json")).exists();
    Files.writeString(kept.resolve("trainings-000004.json"), "{}");

    assertThat(apart.said(new StudyRows(List.of("pure", "reweighted"))))
        .contains("trainings-000004.json is damaged")
        .contains("study: 8/8 trainings in")
        .contains("8 of 12 trainings are kept");
    assertThat(apart.said(new CurvatureStudy())).contains("study: 12/12 trainings in");

    assertThat(CurvatureStudy.directory(apart.config()).read(Study.FILE))
        .isEqualTo(whole.read(Study.FILE));
    assertThat(kept).doesNotExist();
  }

  @Test
  void trainingsOfOtherSettingsAreNotTaken() {
    JobRun apart = sirens.with("storage.runs=" + folder.resolve("others"));
    apart.run(new StudyRows(List.of("pure")));
    JobRun slower = apart.with("models.pure.training.learning-rate=0.0001");

    assertThat(slower.run(new StudyRows(List.of("reweighted"))).done()).isEqualTo(4);
    assertThat(apart.with("study.seeds=1").run(new StudyRows(List.of("pure"))).done()).isEqualTo(4);
    assertThat(apart.refusal(new StudyRows(List.of("pur"))))
        .hasMessageContaining("--only: expected one of pure, reweighted, found \"pur\"");
  }

  /** Of the whole splits, since a study draws its networks. */
  @ParameterizedTest
  @CsvSource({"pure, constant", "reweighted, cosine"})
  void trainAndStudyMakeTheSameParametersOfTheSameNetworks(String model, String schedule) {
    String settings =
        "models.%s.training={ shards = 3, rounds = 5, evaluate-every = 2, schedule = %s }"
            .formatted(model, schedule);
    run(new TrainingJob(model), settings);

    float[] trained = TrainedModel.load(directory(model), sirens.context()).parameters();

    assertThat(inOneThread(model, settings)).isEqualTo(trained);
    assertThat(inOneThread(model, settings, "models." + model + ".training.shards=1"))
        .isNotEqualTo(trained);
    String other = schedule.equals("cosine") ? "constant" : "cosine";
    assertThat(inOneThread(model, settings, "models." + model + ".training.schedule=" + other))
        .isNotEqualTo(trained);
  }

  @Test
  void aStudyWhoseTrainingDivergesSaysWhichAndWhatToChange() {
    Throwable failure =
        catchThrowable(
            () ->
                run(
                    new CurvatureStudy(),
                    "models.pure.training={ learning-rate = 100, weight-decay = 100, rounds = 8"
                        + " }"));
    GradzooException e = Failures.cause(failure, GradzooException.class).orElseThrow();
    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e)
        .hasMessageContaining("train pure on ")
        .hasMessageContaining("training diverged")
        .hasMessageContaining("a learning rate below 100");
  }

  @Test
  void aModelOfTheDiagonalIsTrainedEvaluatedReportedAndPredicts() throws IOException {
    Evaluation evaluation = trainedAndEvaluated("reweighted");

    assertThat(evaluation.target()).isEqualTo("mean of the Fisher diagonal");
    assertThat(evaluation.scores())
        .extracting(Score::name)
        .containsExactly(
            "reweighted", "standard estimator", "K-FAC", "EK-FAC", "sample reweighting");
    double standard = evaluation.scores().get(1).agreement().meanSquaredError();
    assertThat(evaluation.scores().get(0).agreement().meanSquaredError())
        .as("after six steps still near the estimate it starts from")
        .isLessThan(1.5 * standard);
    run(new PredictionJob(directory("reweighted")));
    requireDiagonals(sirens.rows(DIAGONALS));
    run(new ReportJob());
    assertThat(Files.readString(folder.resolve("reports/sirens.html")))
        .contains("predict curvature")
        .contains("standard estimator");
  }

  /** True diagonals are the moments of the target sets, bit by bit. */
  private static void requireDiagonals(Dataset<Row> predictions) {
    assertThat(predictions.count()).isEqualTo(60);
    assertThat(predictions.columns())
        .containsExactly(
            "member_id", "architecture", "split", "fisher_diagonal", "predicted_fisher_diagonal");
    Dataset<Row> sets = sirens.rows(GradientSetsTable.SCHEMA).where("role = 'target'");
    Dataset<Row> moments =
        sets.join(sirens.rows(LayerMomentsTable.SCHEMA), "gradient_set_id")
            .groupBy("member_id")
            .agg(
                expr(
                    "flatten(transform(sort_array(collect_list("
                        + "struct(layer, mean_dw2, mean_db2))),"
                        + " l -> concat(l.mean_dw2, l.mean_db2))) AS diagonal"));
    Dataset<Row> joined = predictions.join(moments, "member_id");
    assertThat(joined.where("fisher_diagonal = diagonal").count()).isEqualTo(60);
    assertThat(
            joined
                .where("size(predicted_fisher_diagonal) = size(diagonal)")
                .where("predicted_fisher_diagonal != diagonal")
                .count())
        .isEqualTo(60);
  }

  @Test
  void theErrorsOfAnEvaluationHaveTheUnitsThatTheirNamesSay() {
    Evaluation evaluation = trainedAndEvaluated("pure");

    assertThat(evaluation.unit()).isEqualTo("squared gradient");
    double deviation =
        TrainedModel.load(directory("pure"), sirens.context()).statistics().targets().deviation();
    for (Score score : evaluation.scores()) {
      assertThat(score.squaredErrorInDeviations() * deviation * deviation)
          .as(score.name())
          .isCloseTo(
              score.agreement().meanSquaredError(),
              within(1e-6 * score.agreement().meanSquaredError()));
    }
    double squares = evaluation.predictions().stream().mapToDouble(Prediction::squaredError).sum();
    assertThat(squares / evaluation.predictions().size())
        .isCloseTo(
            evaluation.scores().get(0).agreement().meanSquaredError(), within(1e-12 * squares));
  }

  /** Its step 0 makes rounds that do not move, so both losses are those of the same parameters. */
  @ParameterizedTest
  @ValueSource(strings = {"pure", "reweighted"})
  void trainingAndValidationLossHaveOneUnit(String model) throws IOException {
    String still =
        "models.%s.training={ learning-rate = 1e-12, rounds = 1, batch-size = 64 }"
            .formatted(model);
    run(new TrainingJob(model), still, "splits={ train = 0.4, validation = 0.4, test = 0.2 }");
    JsonNode round =
        new ObjectMapper().readTree(new String(directory(model).read(RunDirectory.METRICS), UTF_8));

    double ratio = round.path("validation_loss").asDouble() / round.path("train_loss").asDouble();
    assertThat(ratio).isBetween(0.2, 5.0);
  }

  @Test
  void aModelOfTheTraceIsJudgedAgainstTheTraceOfTheStandardEstimate() {
    Evaluation evaluation = trainedAndEvaluated("trace");

    assertThat(evaluation.target()).isEqualTo("Fisher trace");
    assertThat(evaluation.predictions())
        .extracting(Prediction::truth)
        .isNotEmpty()
        .allSatisfy(trace -> assertThat(trace).isPositive());
    assertThat(evaluation.scores().get(1).agreement().tau()).isGreaterThan(0.7);
    assertThat(evaluation.scores().get(3).agreement().tau())
        .as("EK-FAC has the standard estimate's trace")
        .isCloseTo(evaluation.scores().get(1).agreement().tau(), within(0.02));
  }

  @Test
  void aSizeBeyondTheTrainSplitIsRefused() {
    GradzooException e = sirens.with("study.sizes=[4, 500]").refusal(new CurvatureStudy());
    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e).hasMessageContaining("expected at least 500 members in the train split");
  }

  @Test
  void aTaskThatTheGradientSetsCannotServeIsRefused() {
    GradzooException e = sirens.with("gradients.target-samples=0").refusal(new CurvatureStudy());
    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e.problems())
        .anyMatch(p -> p.contains("models.pure.task: expected gradients.target-samples above 0"));
  }

  private static Evaluation trainedAndEvaluated(String model) {
    run(new TrainingJob(model));
    run(new EvaluationJob(directory(model)));
    return Evaluation.parse(Evaluation.FILE, directory(model).read(Evaluation.FILE));
  }

  private static float[] inOneThread(String name, String... more) {
    GradzooConfig config = sirens.with(more).config();
    ModelConfig model = config.requireModel(name);
    try (ExampleSets sets =
        new TaskExamples(sirens.store(), config, model).gradientSets(EnumSet.allOf(Split.class))) {
      return new LocalTraining(model, sets.architectures(Split.TRAIN))
          .run(sets.collect(Split.TRAIN), sets.collect(Split.VALIDATION), config.seed())
          .parameters();
    }
  }

  private static RunDirectory directory(String model) {
    return sirens.directory(model);
  }

  private static void run(Job<?> job, String... more) {
    sirens.with(more).run(job);
  }
}
