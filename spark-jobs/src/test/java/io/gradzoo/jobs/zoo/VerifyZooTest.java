package io.gradzoo.jobs.zoo;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.symmetry.GaugeDimension;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.published.ExportFormat;
import io.gradzoo.jobs.published.ZooExport;
import io.gradzoo.jobs.published.ZooImport;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.testing.JobRun;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The members of eight runs of small CNNs and perceptrons, as they are or damaged. */
class VerifyZooTest {
  private static final String CNN = "relu:1x8x8:conv4k3s2p0:conv4k3s1p0:gap:dense10";

  @TempDir static Path folder;
  @TempDir Path elsewhere;
  private static JobRun run;

  @BeforeAll
  static void make() {
    run =
        JobRun.in(
            folder,
            "seed=3",
            "zoo.runs=8",
            "zoo.recipe.activation=[relu]",
            "zoo.recipe.optimizer=[adam]",
            "zoo.recipe.learning-rate=[0.001, 0.005]",
            "zoo.image-train-share=0.5",
            "zoo.architectures=[\"1x8x8:conv4k3s2p0:conv4k3s1p0:gap:dense10\", \"64:dense8:dense10\"]",
            "zoo.epochs=2",
            "zoo.checkpoints=[0, 1, 2]");
    run.run(new ZooGeneration());
  }

  @Test
  void aZooIsWhatItsTableSays() {
    VerifiedZoo verified = verify(run, 5);

    assertThat(verified.faults()).isEmpty();
    assertThat(verified.members()).isEqualTo(24);
    assertThat(verified.sampled()).isEqualTo(5);
    ArchitectureGauge cnn =
        verified.architectures().stream()
            .filter(each -> each.architecture().equals(CNN))
            .findFirst()
            .orElseThrow();
    assertThat(cnn.gauge()).contains(new GaugeDimension(8, 4 * 9 + 4));
    assertThat(run.printed(new VerifyZoo(Optional.empty(), 5)))
        .contains("weights of 24 members, loss and accuracy of 5 on digits")
        .contains("tiny.members: 0 wrong");
  }

  @Test
  void theTableSaysOnWhichImagesItsMembersWereTested() {
    VerifiedZoo verified =
        verify(run.with("seed=77", "zoo.image-train-share=0.9", "zoo.images=none"), 24);

    assertThat(verified.images()).contains("digits");
    assertThat(verified.faults()).isEmpty();
  }

  @Test
  void neuronsOfTheSampleAreLookedAt() {
    assertThat(verify(run, 24).architectures())
        .allSatisfy(each -> assertThat(each.looked()).isEqualTo(each.members()))
        .allSatisfy(each -> assertThat(each.dead()).isLessThan(each.looked() * 8));
  }

  @Test
  void weightsOfAnotherHashAreFoundOutsideTheSample() {
    Column moved = expr("transform(parameters, x -> x + 1f)");
    JobRun damaged = rewritten(rows().withColumn(MembersTable.PARAMETERS, moved));

    assertThat(verify(damaged, 1).problems()).hasSize(24);
  }

  @Test
  void whatIsWrongIsOneFaultThatNamesTheFirst() {
    Column accuracy = when(is("r000001-e001"), lit(0.99)).otherwise(col("test_accuracy"));
    JobRun damaged = rewritten(rows().withColumn(MembersTable.TEST_ACCURACY, accuracy));

    VerifiedZoo verified = verify(damaged, Integer.MAX_VALUE);

    assertThat(verified.faults()).hasSize(1);
    assertThat(verified.faults().get(0).line())
        .startsWith(
            "zoo verify tiny (1 wrong): member r000001-e001: expected the test accuracy 0.99");
  }

  @Test
  void equalWeightsOfTwoRunsAreFoundAfterTraining() {
    Dataset<Row> weights =
        rows()
            .where(is("r000000-e002"))
            .select(
                col(MembersTable.ARCHITECTURE).as("a"),
                col(MembersTable.PARAMETERS).as("p"),
                col(MembersTable.PARAMETERS_SHA256).as("h"),
                col(MembersTable.TEST_LOSS).as("l"),
                col(MembersTable.TEST_ACCURACY).as("t"));
    Dataset<Row> joined = rows().crossJoin(weights);
    for (String[] pair :
        new String[][] {
          {MembersTable.ARCHITECTURE, "a"},
          {MembersTable.PARAMETERS, "p"},
          {MembersTable.PARAMETERS_SHA256, "h"},
          {MembersTable.TEST_LOSS, "l"},
          {MembersTable.TEST_ACCURACY, "t"}
        }) {
      joined =
          joined.withColumn(
              pair[0], when(is("r000005-e001"), col(pair[1])).otherwise(col(pair[0])));
    }

    VerifiedZoo verified = verify(rewritten(joined.drop("a", "p", "h", "l", "t")), 24);

    assertThat(verified.problems()).hasSize(1);
    assertThat(verified.problems().get(0).line())
        .isEqualTo(
            "member r000000-e002: expected weights of its own, found those of r000005-e001, too");
  }

  @Test
  void anImportedZooIsVerifiedOnTheImagesOfTheConfig() {
    JobRun cnns = run.inFolder(elsewhere).with("zoo.architectures=[\"" + layout() + "\"]");
    cnns.run(new ZooGeneration());
    cnns.run(new ZooExport(elsewhere.resolve("published").toString(), ExportFormat.SMALL_CNN));
    JobRun imported = cnns.with("zoo.name=imported");
    imported.run(
        new ZooImport(
            elsewhere.resolve("published").toString(),
            Optional.empty(),
            "made here",
            OtherCodePolicy.REMAKE));

    assertThat(verify(imported, 24).faults()).isEmpty();
    assertThat(verify(imported.with("zoo.image-train-share=0.9"), 24).faults())
        .as("other images than it was tested on")
        .hasSize(1);
    assertThat(verify(imported.with("zoo.images=none"), 24).images()).isEmpty();
    assertThatThrownBy(() -> new VerifyZoo(Optional.empty(), 0)).hasMessageContaining("--sample");
  }

  @Test
  void networksThatRepresentImagesHaveTheNoiseThatTheTableSays() {
    JobRun fitted =
        JobRun.in(
            elsewhere,
            "zoo.source=fitted",
            "zoo.architectures=[\"sine30:2:dense8:dense1\"]",
            "zoo.recipe.initializer=[siren]",
            "zoo.recipe.optimizer=[adam]",
            "zoo.recipe.learning-rate=[0.001, 0.002]",
            "zoo.runs=4",
            "zoo.epochs=3",
            "zoo.checkpoints=[3]");
    fitted.run(new ZooGeneration());

    VerifiedZoo verified = verify(fitted, 4);

    assertThat(verified.faults()).isEmpty();
    assertThat(verified.psnr()).hasSize(4).isSorted();
    assertThat(fitted.printed(new VerifyZoo(Optional.empty(), 4)))
        .contains("weights of 4 members, PSNR of 4 on digits", "dB, median ");

    Dataset<Row> louder =
        fitted.rows(MembersTable.SCHEMA).withColumn("psnr", col("psnr").plus(lit(0.1)));
    JobRun other = fitted.with("zoo.name=other");
    TableProperties properties =
        fitted.store().describe(MembersTable.SCHEMA.in(JobRun.ZOO)).properties();
    other.store().write("other", MembersTable.SCHEMA, louder, properties);
    assertThat(verify(other, 4).problems())
        .hasSize(4)
        .first()
        .asString()
        .contains("expected the PSNR");
  }

  private static String layout() {
    return CNN.substring("relu:".length());
  }

  private static VerifiedZoo verify(JobRun of, int sample) {
    return of.run(new VerifyZoo(Optional.empty(), sample));
  }

  private static Dataset<Row> rows() {
    return run.rows(MembersTable.SCHEMA);
  }

  private static Column is(String member) {
    return col(MembersTable.MEMBER_ID).equalTo(member);
  }

  /** The zoo elsewhere, with other rows and the same properties. */
  private JobRun rewritten(Dataset<Row> rows) {
    JobRun other = run.inFolder(elsewhere);
    TableProperties properties =
        run.store().describe(MembersTable.SCHEMA.in(JobRun.ZOO)).properties();
    other.store().write(JobRun.ZOO, MembersTable.SCHEMA, rows, properties);
    return other;
  }
}
