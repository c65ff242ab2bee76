package io.gradzoo.jobs.task.classification;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.example.MadeUpExamples;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.prediction.Score;
import io.gradzoo.jobs.report.ReportJob;
import io.gradzoo.jobs.run.ShowRun;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.task.MeasuredMember;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputShape;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of two ways the members of a zoo were initialised, learnt through all jobs. */
class ClassificationTaskTest {
  private static final String ZOO = "labelled";
  private static final Column INITIALIZER =
      when(col(MembersTable.HYPERPARAMETERS + ".initializer").equalTo("normal"), 1).otherwise(0);

  @TempDir static Path folder;

  private static JobRun work;
  private static String trained;

  @BeforeAll
  static void trains() {
    work =
        JobRun.in(
            folder,
            "zoo.runs=60",
            "zoo.architectures=[\"64:dense6:dense10\"]",
            "zoo.epochs=1",
            "zoo.checkpoints=[1]",
            "zoo.recipe={ activation = [tanh], initializer = [glorot_normal, normal],"
                + " initializer-scale = [0.3, 0.5], optimizer = [sgd], learning-rate = [0.001, 0.002],"
                + " train-fraction = [0.1] }",
            "splits={ train = 0.5, validation = 0.25, test = 0.25 }",
            "models.m={kind=scalegmn, members=mlp, task=classification, classification.classes=2,"
                + " scalegmn { width = 8, layers = 2, layer-norm = false },"
                + " training { shards = 2, rounds = 6, steps-per-round = 10, batch-size = 10,"
                + " learning-rate = 0.02, warmup-steps = 4 } }");
    work.run(new ZooGeneration());
    work = work.with("zoo.name=" + ZOO);
    label(ZOO, INITIALIZER);
    trained = work.said(new TrainingJob("m"));
  }

  /** A zoo of the same members with these labels. */
  private static void label(String zoo, Column labels) {
    Dataset<Row> members = work.store().read(JobRun.ZOO, MembersTable.SCHEMA);
    work.store()
        .write(
            zoo,
            MembersTable.SCHEMA,
            members.withColumn(MembersTable.LABEL, labels.cast("int")),
            TableProperties.of("0123456789abcdef"));
  }

  @Test
  void classesOfHeldOutNetworksAreFoundFarMoreOftenThanByTheirFrequencies() throws IOException {
    String printed = work.printed(new EvaluationJob(work.directory("m")));
    Evaluation evaluation =
        Evaluation.parse(Evaluation.FILE, work.directory("m").read(Evaluation.FILE));

    assertThat(evaluation.scores())
        .extracting(Score::name)
        .containsExactly("m", "class frequencies", "StatNN, perceptron", "flat MLP", "DeepSets");
    assertThat(metric(evaluation, 0, "accuracy"))
        .isGreaterThan(0.8)
        .isGreaterThan(metric(evaluation, 1, "accuracy") + 0.2);
    assertThat(metric(evaluation, 0, "cross-entropy"))
        .isLessThan(metric(evaluation, 1, "cross-entropy"));
    assertThat(metric(evaluation, 2, "accuracy")).isGreaterThan(0.8);
    assertThat(printed.lines().toList())
        .anyMatch(line -> line.matches(" +accuracy cross-entropy +tried +parameters +seconds"))
        .noneMatch(line -> line.contains("Kendall"));

    work.run(new PredictionJob(work.directory("m")));
    Dataset<Row> test =
        work.rows(PredictionsTable.of("m", new ClassificationTask().column()))
            .where("split = 'test'");
    assertThat((double) test.where("label = predicted_label").count() / test.count())
        .isEqualTo(metric(evaluation, 0, "accuracy"));
    assertThat(test.selectExpr("avg(-ln(probabilities[label]))").head().getDouble(0))
        .isCloseTo(metric(evaluation, 0, "cross-entropy"), within(1e-5));

    work.run(new ReportJob());
    assertThat(Files.readString(folder.resolve("reports").resolve(ZOO + ".html")))
        .contains("metanetworks that predict label", "unseen networks their label; the best")
        .contains("How many test networks of each class", "Accuracy on validation")
        .doesNotContain("Kendall");
  }

  private static double metric(Evaluation evaluation, int row, String name) {
    return evaluation.scores().get(row).metrics().get(name);
  }

  @Test
  void theBestRoundIsThatOfTheHighestAccuracyAndAmongEqualsOfTheLowestLoss() {
    List<RoundMetrics> rounds = work.directory("m").rounds();
    double highest =
        rounds.stream().mapToDouble(RoundMetrics::validationAccuracy).max().orElseThrow();
    int best =
        rounds.stream()
            .filter(round -> round.validationAccuracy() == highest)
            .min((a, b) -> Double.compare(a.validationLoss(), b.validationLoss()))
            .orElseThrow()
            .round();

    assertThat(new String(work.directory("m").read("card.md"), StandardCharsets.UTF_8))
        .contains("The parameters are those after round " + best + ",")
        .contains("| cross-entropy | accuracy |", "m respects all its symmetries")
        .contains("| permutations and flips together | tanh |");
    assertThat(trained).contains(", validation accuracy ").doesNotContain("τ");
    assertThat(work.printed(new ShowRun(work.directory("m")))).contains(", accuracy ");
    assertThat(new String(work.directory("m").read("metrics.jsonl"), StandardCharsets.UTF_8))
        .contains("\"validation_accuracy\":")
        .doesNotContain("tau", "NaN");
  }

  @Test
  void membersWithoutLabelsAreAskedAboutAndNotLearntFrom() {
    JobRun unlabelled = work.with("zoo.name=unlabelled");
    label("unlabelled", lit(null));

    assertThatThrownBy(() -> unlabelled.run(new TrainingJob("m")))
        .rootCause()
        .hasMessage(
            "expected a label from 0 to 1, found no label (fix: label all members that a model"
                + " learns from)");
    assertThatThrownBy(() -> unlabelled.run(new TrainingJob("m")))
        .hasMessageContaining("read examples: zoo unlabelled: member r0");

    unlabelled.run(new PredictionJob(work.directory("m")));
    Dataset<Row> asked =
        unlabelled.rows(PredictionsTable.of("m", new ClassificationTask().column()));
    assertThat(asked.where("label IS NULL AND predicted_label IN (0, 1)").count()).isEqualTo(60);
  }

  @Test
  void labelsBeyondTheClassesAreRefused() {
    MetanetworkTask task = new ClassificationTask(3, ClassificationTask.Missing.REFUSED);

    assertThat(task.targets(labelled(2.0))).containsExactly(2);
    for (double beyond : new double[] {-1, 3}) {
      assertThatThrownBy(() -> task.targets(labelled(beyond)))
          .hasMessage(
              "expected a label from 0 to 2, found %.0f (fix: classification.classes, if there are"
                  + " more)",
              beyond);
    }
    assertThat(task.withoutTargets().targets(labelled(3.0))).containsExactly(3);
    assertThat(task.withoutTargets().targets(labelled(null))).containsExactly(Double.NaN);
  }

  private static MeasuredMember labelled(Double label) {
    return new MeasuredMember() {
      @Override
      public Architecture architecture() {
        throw new AssertionError();
      }

      @Override
      public Double number(String column) {
        return column.equals("label") ? label : null;
      }

      @Override
      public LayerMoments targetMoments(int layer) {
        throw new AssertionError();
      }
    };
  }

  @Test
  void everyKindThatSaysNumbersOfANetworkSaysOneForEachClass() {
    for (MetanetworkKind kind : work.choices().kinds().all()) {
      if (!kind.outputs().contains(OutputShape.NUMBERS)) {
        continue;
      }
      JobRun any =
          JobRun.in(
              folder,
              "gradients={ members = all, convolutions = maps, probe-samples = 3 }",
              "zoo.architectures=[\"64:dense3:dense10\", \"1x8x8:conv2k3s1p0:gap:dense10\","
                  + " \"transformer:v8:t16:d4:h2:f4:l1:relu:full:mean10\"]",
              "models.k={kind=%s, members=%s, task=classification, classification.classes=5}"
                  .formatted(
                      kind.name(),
                      switch (kind.uses()) {
                        case MAPS -> "cnn";
                        case TOKENS -> "transformer";
                        default -> "mlp";
                      }));
      ModelConfig model = any.config().requireModel("k");
      model.design().requireOutput("k", model.task());
      List<Architecture> architectures =
          MadeUpExamples.architectures(any.config(), model).subList(0, 1);
      List<Example> examples = MadeUpExamples.of(model, architectures, 2, 1);
      var workspace =
          Predictor.of(model.task(), model.outputUnit(), model.spec(architectures), null)
              .workspace();
      workspace.load(model.spec(architectures).build().layout().initialize(0));

      assertThat(workspace.predictAll(examples)[0]).as(kind.name()).hasSize(5);
    }
  }
}
