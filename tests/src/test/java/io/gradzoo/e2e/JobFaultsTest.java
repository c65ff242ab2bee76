package io.gradzoo.e2e;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableContentHash;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.testing.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Zoos, tables and trainings that go wrong: one line that says what to do, nothing published, and a
 * session that works on.
 */
class JobFaultsTest {
  private static final String[] DIVERGING = {
    "--set=zoo.recipe.learning-rate=[100,100]",
    "--set=zoo.recipe.l2=[1,1]",
    "--set=zoo.recipe.train-fraction=[1]",
    "--set=zoo.recipe.optimizer=[sgd]"
  };

  private static Workplace reference;
  @TempDir Path folder;
  private Workplace place;

  @BeforeAll
  static void runTheJob() {
    reference = ReferenceJob.get().place();
  }

  @BeforeEach
  void takeAPlace() {
    place = new Workplace(folder);
  }

  @Test
  void aZooWithTooManyFailuresIsNotPublished() {
    copy(MembersTable.SCHEMA, null, null);
    String before = hash(MembersTable.SCHEMA);

    Outcome outcome = place.gradzooPlain(with(DIVERGING, "zoo", "generate"));

    outcome.refused(3, "expected at most 5.0 % of the members of tiny", "diverged", "zoo.recipe");
    assertThat(hash(MembersTable.SCHEMA)).isEqualTo(before);
  }

  @Test
  void aFirstZooWithTooManyFailuresLeavesNothing() {
    place
        .gradzooPlain(with(DIVERGING, "zoo", "generate", "--set=zoo.runs=3"))
        .refused(3, "expected at most 5.0 %");

    assertThat(place.gradzooPlain("zoo", "list").ok().out())
        .containsExactly("no zoos yet: gradzoo zoo generate makes one");
  }

  @Test
  void membersThatDivergeAreRecordedWithTheReason() {
    place
        .gradzooPlain(
            with(
                DIVERGING,
                "zoo",
                "generate",
                "--set=zoo.recipe.learning-rate=[0.001,100]",
                "--set=zoo.max-failure-share=1"))
        .ok();

    Dataset<Row> members = Workplace.rows(place.plain(), MembersTable.SCHEMA);
    assertThat(members.count()).isEqualTo(24);
    assertThat(members.select(MembersTable.MEMBER_ID).distinct().count()).isEqualTo(24);
    long healthy =
        members
            .where("status = 'ok' AND reason IS NULL AND test_accuracy IS NOT NULL")
            .where("parameters IS NOT NULL AND NOT exists(parameters, x -> isnan(x))")
            .count();
    long diverged =
        members
            .where("status = 'diverged' AND parameters IS NULL AND test_accuracy IS NULL")
            .where("reason RLIKE '^diverged: .* at epoch [12], step \\\\d+$'")
            .count();
    assertThat(healthy).isPositive();
    assertThat(diverged).isPositive();
    assertThat(healthy + diverged).isEqualTo(24);
  }

  @Test
  void trainingNeedsGradientSets() {
    copy(MembersTable.SCHEMA, null, null);

    place
        .gradzooPlain("train", "gradmetanet")
        .refused(3, "expected a table, found nothing", "run gradzoo gradients compute");
  }

  @Test
  void gradientSetsOfOtherWeightsAreRefused() {
    copyAll();
    copy(MembersTable.SCHEMA, MembersTable.PARAMETERS_SHA256, lit("0".repeat(64)));

    place
        .gradzooPlain("train", "gradmetanet")
        .refused(3, "of the weights in members, found 24 of others", "gradzoo gradients compute");
  }

  @Test
  void factorsOfOtherGradientSetsAreRefused() {
    copyAll();
    place
        .plain()
        .write(
            Workplace.ZOO,
            LayerFactorsTable.SCHEMA,
            Workplace.rows(reference.iceberg(), LayerFactorsTable.SCHEMA),
            TableProperties.of("another"));

    place
        .gradzooPlain("train", "gradmetanet")
        .refused(3, "expected factors of the gradient sets", "gradzoo gradients compute");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradients compute", "train scalegmn"})
  void aMemberWhoseWeightsAreNoNumbersIsNamed(String command) {
    String id = anyMember("cnn");
    copy(
        MembersTable.SCHEMA,
        MembersTable.PARAMETERS,
        when(
                col(MembersTable.MEMBER_ID).equalTo(id),
                expr("transform(parameters, (x, i) -> IF(i = 7, float('NaN'), x))"))
            .otherwise(col(MembersTable.PARAMETERS)));

    place
        .gradzooPlain(command.split(" "))
        .refused(3, "member " + id + ": expected finite parameters, found NaN at 7");
    assertThat(place.gradzooPlain("zoo", "list").ok().out().toString())
        .doesNotContain("gradient_sets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradients compute", "train scalegmn"})
  void aMemberWithTooFewWeightsIsNamed(String command) {
    copy(
        MembersTable.SCHEMA,
        MembersTable.PARAMETERS,
        array_repeat(lit(0.5f), 3).cast("array<float>"));

    place.gradzooPlain(command.split(" ")).refused(3, "member r0000", "parameters of", "found 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train scalegmn",
        "evaluate --run=RUNS/tiny-scalegmn",
        "evaluate --run=RUNS/tiny-gradmetanet",
        "predict --run=RUNS/tiny-scalegmn",
        "symmetry check --run=RUNS/tiny-scalegmn",
        "gradients verify --members=24",
      })
  void membersWhoseWeightsAreNotThoseOfTheirHashAreNamed(String command) {
    copyAll();
    damageWeights();
    String runs = reference.run("scalegmn").getParent().toString();

    place
        .gradzooPlain(command.replace("RUNS", runs).split(" "))
        .refused(3, "read members: member r0000", "weights of SHA-256 ", "gradzoo zoo generate");
  }

  /** Sets that are there already are those of the hash, and stay. */
  @Test
  void noGradientsAreTakenOfWeightsThatAreNotThoseOfTheirHash() {
    damageWeights();

    place
        .gradzooPlain("gradients", "compute")
        .refused(3, "read members: member r0000", "weights of SHA-256 ", "gradzoo zoo generate");
  }

  private void damageWeights() {
    copy(
        MembersTable.SCHEMA,
        MembersTable.PARAMETERS,
        expr("transform(parameters, (x, i) -> IF(i = 7, x + 1e-6F, x))"));
  }

  @Test
  void aMemberWithoutAHashIsNamed() {
    copy(MembersTable.SCHEMA, MembersTable.PARAMETERS_SHA256, lit(null).cast("string"));

    place
        .gradzooPlain("train", "scalegmn")
        .refused(3, "member r0000", "expected the SHA-256 of its weights, found none");
  }

  @Test
  void aMemberWithoutAnAccuracyIsNamed() {
    copy(MembersTable.SCHEMA, MembersTable.TEST_ACCURACY, lit(null).cast("double"));

    place
        .gradzooPlain("train", "scalegmn")
        .refused(3, "member r0000", "expected a test accuracy from 0 to 1, found null");
  }

  @Test
  void signalsThatAreNoNumbersAreNamed() {
    copyAll();
    copy(
        LayerFactorsTable.SCHEMA,
        LayerFactorsTable.G,
        expr("transform(g, x -> float('Infinity'))"));

    place
        .gradzooPlain("train", "gradmetanet")
        .refused(3, "member r0000", "expected finite features, found Infinity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradmetanet", "scalegmn"})
  void trainingThatDivergesSaysWhatToChange(String model) {
    copyAll();
    String block = "--set=models." + model + ".training.";

    Outcome outcome =
        place.gradzooPlain(
            "train",
            model,
            block + "learning-rate=100",
            block + "weight-decay=100",
            block + "rounds=40");

    outcome.refused(2, "train " + model + ": training diverged", "a learning rate below 100");
    assertThat(place.run(model)).doesNotExist();
    place.gradzooPlain("train", model).ok();
    assertThat(place.run(model).resolve("model.safetensors"))
        .hasSameBinaryContentAs(reference.run(model).resolve("model.safetensors"));
  }

  @Test
  void aProbeSetLargerThanTheTestImagesIsAMistakeInTheConfig() {
    copy(MembersTable.SCHEMA, null, null);
    Outcome outcome =
        place.gradzooPlain("gradients", "compute", "--set=gradients.probe-samples=450");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errors())
        .containsExactly(
            "gradients.probe-samples: expected at most the 447 test images, found 450");
  }

  @Test
  void aModelThatTheConfigHasNotIsAMistake() {
    Outcome outcome = place.gradzooPlain("train", "scalegm");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errors())
        .containsExactly(
            "models: expected one of gradmetanet, scalegmn, tuner, found \"scalegm\" (did you mean"
                + " scalegmn?)");
  }

  @Test
  void tooSmallSplitsSaySo() {
    copyAll();

    place
        .gradzooPlain(
            "train",
            "scalegmn",
            "--set=splits.train=1",
            "--set=splits.validation=0",
            "--set=splits.test=0")
        .refused(
            3, "train scalegmn: expected at least 2 healthy cnn members in the validation split");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalegmn", "gradmetanet"})
  void anEvaluationOfTooFewMembersIsNotCalledATraining(String model) {
    copyAll();
    place
        .gradzooPlain(
            "train",
            model,
            "--set=splits.train=0.5",
            "--set=splits.validation=0.5",
            "--set=splits.test=0")
        .ok();

    place
        .gradzooPlain("evaluate", "--run=" + folder.resolve("runs").resolve("tiny-" + model))
        .refused(3, "evaluate " + model + ": expected at least 2 healthy ", " the test split");
  }

  @Test
  void aReportNeedsAnEvaluatedRun() {
    place.gradzooPlain("report").refused(3, "expected an evaluated run of tiny, found none");
  }

  private void copyAll() {
    for (TableSchema schema :
        List.of(
            MembersTable.SCHEMA,
            ProbeSetsTable.SCHEMA,
            LayerFactorsTable.SCHEMA,
            LayerMomentsTable.SCHEMA,
            GradientSetsTable.SCHEMA)) {
      copy(schema, null, null);
    }
  }

  /** Copies a table of the reference job into the plain store, with one column replaced. */
  private void copy(TableSchema schema, String column, Column value) {
    Dataset<Row> rows = Workplace.rows(reference.iceberg(), schema);
    place
        .plain()
        .write(
            Workplace.ZOO,
            schema,
            column == null ? rows : rows.withColumn(column, value),
            reference.iceberg().describe(schema.in(Workplace.ZOO)).properties());
  }

  private String hash(TableSchema schema) {
    return TableContentHash.of(Workplace.rows(place.plain(), schema));
  }

  /** A healthy member of a family in the training split. */
  private static String anyMember(String family) {
    return Workplace.rows(reference.iceberg(), MembersTable.SCHEMA)
        .where(col(MembersTable.FAMILY).equalTo(family))
        .orderBy(MembersTable.MEMBER_ID)
        .first()
        .getAs(MembersTable.MEMBER_ID);
  }

  /** Settings first, so that the command can lie over them. */
  private static String[] with(String[] settings, String... command) {
    return Stream.concat(Arrays.stream(settings), Arrays.stream(command)).toArray(String[]::new);
  }
}
