package io.gradzoo.jobs.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableContentHash;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradient sets of a zoo of five members that becomes one of seven. */
class UnchangedSetsTest {
  private static final String KEPT = "sets of 5 members that have not changed are kept";
  private static final List<TableSchema> TABLES =
      List.of(
          ProbeSetsTable.SCHEMA,
          LayerFactorsTable.SCHEMA,
          LayerMomentsTable.SCHEMA,
          GradientSetsTable.SCHEMA);

  @TempDir Path folder;
  @TempDir Path elsewhere;

  @ParameterizedTest
  @ValueSource(strings = {"0", "6"})
  void ofANewVersionOnlyWhatChangedIsTaken(String targetSamples) {
    JobRun run = points().with("gradients.target-samples=" + targetSamples);
    make(run);
    JobRun larger = run.with("zoo.runs=7");
    larger.run(new ZooGeneration());

    String said = larger.said(new GradientComputation());

    assertThat(said).contains(KEPT, "5 of 7 members were done before");
    JobRun anew = larger.inFolder(elsewhere);
    make(anew);
    for (TableSchema table : TABLES) {
      assertThat(TableContentHash.of(larger.rows(table)))
          .as(table.name())
          .isEqualTo(TableContentHash.of(anew.rows(table)));
    }
    assertThat(larger.printed(new GradientVerification(7))).contains("r000006");
  }

  @Test
  void setsOfTheSameVersionOrTakenOtherwiseAreNotKept() {
    JobRun run = points();
    make(run);

    assertThat(run.said(new GradientComputation())).doesNotContain("are kept");
    JobRun larger = run.with("zoo.runs=7");
    larger.run(new ZooGeneration());
    assertThat(larger.with("gradients.probe-samples=7").said(new GradientComputation()))
        .doesNotContain("are kept");
    assertThat(larger.rows(GradientSetsTable.SCHEMA).where("samples = 7").count()).isEqualTo(7);
  }

  @Test
  void membersOfOtherWeightsAreTaken() {
    JobRun run = points();
    make(run);
    JobRun other = run.with("seed=99");
    other.run(new ZooGeneration());

    assertThat(other.said(new GradientComputation())).doesNotContain("are kept");
    assertThat(
            other
                .rows(GradientSetsTable.SCHEMA)
                .join(other.rows(MembersTable.SCHEMA), "parameters_sha256")
                .count())
        .isEqualTo(5);
  }

  private static void make(JobRun run) {
    run.run(new ZooGeneration());
    run.run(new GradientComputation());
  }

  private JobRun points() {
    return JobRun.in(
        folder,
        "zoo.source=random",
        "zoo.images=none",
        "zoo.runs=5",
        "zoo.architectures=[\"sine1:1:dense4:dense1\"]",
        "gradients.probe=points",
        "gradients.signal=output",
        "gradients.loss=output_k",
        "gradients.members=inr",
        "gradients.probe-samples=8");
  }
}
