package io.gradzoo.e2e;

import static org.apache.spark.sql.functions.lit;
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
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of the tiny job beside zoos that are not, or are again, what they were trained on. */
class OtherMembersTest {
  private static final String OTHERWISE = "train again, or --on-other-members";

  @TempDir Path folder;
  private Workplace reference;
  private Workplace place;

  @BeforeEach
  void takeAPlaceWithBothRuns() throws IOException {
    reference = ReferenceJob.get().place();
    place = new Workplace(folder);
    for (String model : Workplace.MODELS) {
      Files.createDirectories(place.run(model));
      try (Stream<Path> files = Files.list(reference.run(model))) {
        for (Path file : files.toList()) {
          Files.copy(file, place.run(model).resolve(file.getFileName()));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradmetanet", "scalegmn"})
  void theSameRowsPublishedAgainElsewhereAreTheSameMembers(String model) {
    publishAgain();

    place.gradzooPlain("evaluate", run(model)).ok();
    place.gradzooPlain("symmetry", "check", run(model)).ok();
    place.gradzooPlain("predict", run(model)).ok();
    assertThat(splits(model)).containsExactly("test", "train", "validation");
    place.gradzooPlain("report").ok();
  }

  @Test
  void aZooMadeAnewFromAnotherSeedIsNotTheRuns() throws IOException {
    makeAnew("--set=seed=8");

    Outcome refusal = place.gradzooPlain("evaluate", run("scalegmn"));
    refusal.refused(
        3, "evaluate scalegmn: expected what the run was trained on: 4 train (", OTHERWISE);
    assertThat(refusal.errors().get(0))
        .containsPattern(
            "of tiny.members: snapshot \\d+, found \\d train \\(.* of tiny.members: version [0-9a-f]+ ");
    place.gradzooPlain("evaluate", run("gradmetanet")).refused(3, OTHERWISE);
    place
        .gradzooPlain("symmetry", "check", run("scalegmn"))
        .refused(3, "what the run was trained on", "--zoo tiny to measure on these");
    place.gradzooPlain("symmetry", "check", run("scalegmn"), "--zoo=tiny").ok();
    place
        .gradzooPlain("report")
        .refused(3, "results on the members that stand in the zoo", "gradzoo evaluate --run");
  }

  @Test
  void whoMeansToJudgeOnOtherMembersIsToldSoEverywhere() throws IOException {
    makeAnew("--set=zoo.runs=20");

    Outcome judged = place.gradzooPlain("evaluate", run("scalegmn"), "--on-other-members").ok();

    assertThat(judged.out().get(0)).contains("(trained on 4, selected on 4)");
    assertThat(judged.out().get(1)).startsWith("  judged on other members than those: ");
    JsonNode evaluation =
        new ObjectMapper().readTree(place.run("scalegmn").resolve("evaluation.json").toFile());
    assertThat(evaluation.path("on_other_members").asBoolean()).isTrue();
    assertThat(evaluation.path("train_members").asInt()).isEqualTo(4);
    assertThat(judged.out().get(1))
        .contains("baselines are trained on " + evaluation.at("/members/train/count").asInt());
    place.gradzooPlain("evaluate", run("gradmetanet"), "--on-other-members").ok();
    place.gradzooPlain("report", "--set=storage.reports=" + folder.resolve("reports")).ok();
    assertThat(Files.readString(place.page()))
        .contains("scalegmn, on other members than it was trained on");
  }

  @Test
  void onItsOwnMembersTheOptionChangesNothing() throws IOException {
    publishAgain();

    place.gradzooPlain("evaluate", run("scalegmn"), "--on-other-members").ok();

    assertThat(Files.readString(place.run("scalegmn").resolve("evaluation.json")))
        .contains("\"on_other_members\" : false");
  }

  @Test
  void predictionsOfOtherMembersNameNoSplit() throws IOException {
    makeAnew("--set=seed=8");

    Outcome predicted = place.gradzooPlain("predict", run("scalegmn")).ok();

    assertThat(predicted.out().get(0)).contains("no splits: the run was trained on other members");
    assertThat(splits("scalegmn")).containsExactly((String) null);
  }

  @Test
  void anotherLabelMakesOtherMembers() {
    publishAgain();
    Dataset<Row> members = Workplace.rows(reference.iceberg(), MembersTable.SCHEMA);
    write(MembersTable.SCHEMA, members.withColumn("test_accuracy", lit(0.5)));

    place.gradzooPlain("evaluate", run("scalegmn")).refused(3, OTHERWISE);
  }

  @Test
  void aReportWithAnotherConfigThanTheRunsIsRefused() {
    publishAgain();

    place
        .gradzooPlain("report", "--set=models.scalegmn.training.rounds=7")
        .refused(3, "models.scalegmn.training.rounds 3 (here 7)", "report with the run's settings");
  }

  private String run(String model) {
    return "--run=" + place.run(model);
  }

  private List<String> splits(String model) {
    return Workplace.rows(place.plain(), PredictionsTable.of(model, new AccuracyTask().column()))
        .select("split")
        .distinct()
        .orderBy("split")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private void makeAnew(String setting) {
    place.gradzooPlain("zoo", "generate", setting).ok();
    place.gradzooPlain("gradients", "compute", setting).ok();
  }

  private void publishAgain() {
    for (TableSchema schema :
        List.of(
            MembersTable.SCHEMA,
            ProbeSetsTable.SCHEMA,
            LayerFactorsTable.SCHEMA,
            LayerMomentsTable.SCHEMA,
            GradientSetsTable.SCHEMA)) {
      write(schema, Workplace.rows(reference.iceberg(), schema));
    }
  }

  private void write(TableSchema schema, Dataset<Row> rows) {
    place
        .plain()
        .write(
            Workplace.ZOO,
            schema,
            rows,
            reference.iceberg().describe(schema.in(Workplace.ZOO)).properties());
  }
}
