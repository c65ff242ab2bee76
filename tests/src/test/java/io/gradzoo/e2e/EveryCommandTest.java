package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands one after the other, as a user would run them, into a warehouse. */
class EveryCommandTest {
  private static final int RUNS = 12;
  private static final int MEMBERS = 2 * RUNS;

  private static ReferenceJob job;
  private static Workplace place;

  @BeforeAll
  static void runEveryCommand() {
    job = ReferenceJob.get();
    place = job.place();
  }

  @Test
  void everyCheckpointOfEveryRunIsOneMember() {
    Dataset<Row> members = rows(MembersTable.SCHEMA);

    assertThat(members.count()).isEqualTo(MEMBERS);
    assertThat(strings(members.select(MembersTable.MEMBER_ID)))
        .hasSize(MEMBERS)
        .contains("r000000-e001", "r000000-e002", "r000011-e002")
        .allMatch(id -> id.matches("r0000\\d\\d-e00[12]"));
    assertThat(strings(members.select(MembersTable.RUN_ID))).hasSize(RUNS);
    assertThat(strings(members.select(MembersTable.FAMILY))).containsExactly("cnn", "mlp");
  }

  @Test
  void healthyMembersHaveWeightsAndScoresAndNoReason() {
    Dataset<Row> members = rows(MembersTable.SCHEMA);

    assertThat(strings(members.select(MembersTable.STATUS))).containsExactly("ok");
    assertThat(
            members
                .where(
                    "reason IS NULL AND parameters IS NOT NULL AND test_accuracy BETWEEN 0 AND 1")
                .where("train_loss > 0 AND test_loss > 0 AND length(parameters_sha256) = 64")
                .where("size(parameters) = IF(family = 'mlp', 610, 238)")
                .count())
        .isEqualTo(MEMBERS);
  }

  @Test
  void zooListNamesTheTable() {
    Outcome list = job.outcome("zoo list");

    assertThat(list.out()).hasSize(2);
    assertThat(list.out().get(1))
        .matches("tiny +members +24 +[0-9a-f]{10} .*/warehouse/tiny/members");
  }

  @Test
  void everyMemberHasAGradientSetWhoseMeanIsTheBatchGradient() {
    Dataset<Row> sets = rows(GradientSetsTable.SCHEMA);

    assertThat(sets.count()).isEqualTo(MEMBERS);
    assertThat(strings(sets.select(GradientSetsTable.MEMBER_ID)))
        .isEqualTo(strings(rows(MembersTable.SCHEMA).select(MembersTable.MEMBER_ID)));
    assertThat(
            sets.where("mean_gradient_error >= 0 AND mean_gradient_error < 1e-5")
                .where("samples = 8 AND size(sample_loss) = 8")
                .count())
        .isEqualTo(MEMBERS);
    assertThat(strings(sets.select(GradientSetsTable.PROBE_SET_ID)))
        .isEqualTo(strings(rows(ProbeSetsTable.SCHEMA).select("probe_set_id")))
        .hasSize(1);
  }

  @Test
  void everyAffineLayerHasFactorsAndMoments() {
    Dataset<Row> factors = rows(LayerFactorsTable.SCHEMA);

    // Two dense layers of an MLP; two convolutions and a dense layer of a CNN.
    assertThat(factors.count()).isEqualTo(12 * 2 + 12 * 3);
    assertThat(rows(LayerMomentsTable.SCHEMA).count()).isEqualTo(12 * 2 + 12 * 3);
    assertThat(
            factors
                .where("kind = 'linear' AND dw IS NULL AND db IS NULL")
                .where("size(a) = samples * d_in AND size(g) = samples * d_out")
                .count())
        .isEqualTo(12 * 2 + 12);
    assertThat(
            factors
                .where("kind = 'conv' AND a IS NULL AND g IS NULL")
                .where("size(dw) = samples * d_out * d_in * 9 AND size(db) = samples * d_out")
                .count())
        .isEqualTo(12 * 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradmetanet", "scalegmn"})
  void aRunDirectoryHoldsModelConfigAndMetrics(String model) throws IOException {
    try (var files = Files.list(place.run(model))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "_gradzoo.json",
              "build.txt",
              "card.md",
              "checkpoint.safetensors",
              "config.json",
              "environment.json",
              "evaluation.json",
              "metrics.jsonl",
              "model.safetensors",
              "splits.json",
              "training-seconds.txt");
    }
    List<String> metrics = Files.readAllLines(place.run(model).resolve("metrics.jsonl"));
    assertThat(metrics).hasSize(3);
    assertThat(metrics.get(2)).startsWith("{\"round\":3,\"steps\":6,\"train_loss\":0.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradmetanet", "scalegmn"})
  void theEvaluationComparesTheModelWithEveryBaselineOnTheTestRuns(String model)
      throws IOException {
    JsonNode evaluation =
        new ObjectMapper().readTree(place.run(model).resolve("evaluation.json").toFile());

    assertThat(evaluation.path("scores").findValuesAsText("name"))
        .containsExactly(
            model,
            "mean predictor",
            "StatNN, gradient boosting",
            "StatNN, as published",
            "StatNN, perceptron",
            "flat MLP",
            "DeepSets");
    assertThat(evaluation.path("train_members").asInt()).isEqualTo(4);
    assertThat(evaluation.path("validation_members").asInt()).isEqualTo(4);
    assertThat(new TreeSet<>(evaluation.path("predictions").findValuesAsText("member_id")))
        .isEqualTo(strings(predictions(model).where("split = 'test'").select("member_id")))
        .hasSize(4);
  }

  @Test
  void theEvaluationsTableHasARowForEachPredictor() {
    Outcome evaluated = job.outcome("evaluate scalegmn");

    assertThat(evaluated.out()).hasSize(10);
    assertThat(evaluated.out().get(0))
        .isEqualTo(
            "scalegmn: test accuracy of 4 members of held-out runs (trained on 4, selected on 4)");
    assertThat(evaluated.out().get(3)).matches(" +mean predictor +0\\.000 .* 1 +1 +0\\.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradmetanet", "scalegmn"})
  void everyMemberOfTheModelsFamilyIsPredicted(String model) {
    String family = model.equals("scalegmn") ? "cnn" : "mlp";
    Dataset<Row> predictions = predictions(model);

    assertThat(predictions.count()).isEqualTo(12);
    assertThat(strings(predictions.select("member_id")))
        .isEqualTo(
            strings(
                rows(MembersTable.SCHEMA)
                    .where("family = '" + family + "'")
                    .select(MembersTable.MEMBER_ID)));
    assertThat(predictions.where("predicted_test_accuracy BETWEEN 0 AND 1").count()).isEqualTo(12);
  }

  @Test
  void noRunIsInTwoSplits() {
    for (String model : Workplace.MODELS) {
      assertThat(
              predictions(model)
                  .selectExpr("substring(member_id, 1, 7) AS run", "split")
                  .groupBy("run")
                  .agg(org.apache.spark.sql.functions.countDistinct("split").as("splits"))
                  .where("splits > 1")
                  .count())
          .isZero();
    }
  }

  @Test
  void theReportIsOneFileThatNeedsNothingElse() throws IOException {
    String page = Files.readString(place.page());

    try (var files = Files.list(place.page().getParent())) {
      assertThat(files).containsExactly(place.page());
    }
    assertThat(page).startsWith("<!DOCTYPE html>").contains("</html>", "class=\"drawing square\"");
    assertThat(page).contains("scalegmn", "gradmetanet", "StatNN, gradient boosting", "flat MLP");
    assertThat(page).doesNotContain("<link", "<script src", "<img", "@import");
    assertThat(page).containsOnlyOnce("</noscript>").containsOnlyOnce("<script>");
  }

  private static Dataset<Row> rows(TableSchema schema) {
    return Workplace.rows(place.iceberg(), schema);
  }

  private static Dataset<Row> predictions(String model) {
    return rows(PredictionsTable.of(model, new AccuracyTask().column()));
  }

  private static SortedSet<String> strings(Dataset<Row> column) {
    SortedSet<String> values = new TreeSet<>();
    column.collectAsList().forEach(row -> values.add(row.getString(0)));
    return values;
  }
}
