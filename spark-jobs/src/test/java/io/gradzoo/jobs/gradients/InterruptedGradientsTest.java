package io.gradzoo.jobs.gradients;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.Staging;
import io.gradzoo.jobs.table.TableContentHash;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A computation that fails at the tenth of twelve members, in the third of three batches. */
class InterruptedGradientsTest {
  private static final String BROKEN = "r000009-e000";
  private static final String OTHER = "0123456789abcdef";
  private static final List<TableSchema> TABLES =
      List.of(
          ProbeSetsTable.SCHEMA,
          LayerFactorsTable.SCHEMA,
          LayerMomentsTable.SCHEMA,
          GradientSetsTable.SCHEMA);

  @TempDir static Path shared;
  @TempDir Path folder;
  private static JobRun reference;
  private JobRun run;

  @BeforeAll
  static void computeUndisturbed() {
    reference = zoo(shared);
    new ZooGeneration().run(reference.context());
    new GradientComputation().run(reference.context());
  }

  @BeforeEach
  void failHalfway() {
    run = zoo(folder);
    writeMembers(
        when(
                col(MembersTable.MEMBER_ID).equalTo(BROKEN),
                expr("transform(parameters, x -> float('NaN'))"))
            .otherwise(col(MembersTable.PARAMETERS)));
    GradzooException e =
        catchThrowableOfType(
            GradzooException.class, () -> new GradientComputation().run(run.context()));
    assertThat(e).hasMessageContaining(BROKEN);
    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
  }

  @Test
  void nothingIsPublished() {
    assertThat(run.store().list()).containsExactly(MembersTable.SCHEMA.in(JobRun.ZOO));
  }

  @Test
  void theSameCommandGoesOnAndEndsAsIfNothingHadHappened() {
    writeMembers(col(MembersTable.PARAMETERS));

    assertThat(compute(run)).contains("8 of 12 members were done before");
    for (TableSchema table : TABLES) {
      assertThat(TableContentHash.of(run.rows(table)))
          .as(table.name())
          .isEqualTo(TableContentHash.of(reference.rows(table)));
    }
    assertThat(hidden()).isEmpty();
  }

  @Test
  void aSecondComputationStopsWhileTheFirstIsAtWork() {
    writeMembers(col(MembersTable.PARAMETERS));
    try (Staging first = run.store().staging(JobRun.ZOO, "gradients", "0123", "01")) {
      assertThatThrownBy(() -> compute(run))
          .isInstanceOf(GradzooException.class)
          .hasMessageContaining("expected no other at work there, found process ");
      assertThat(first.batches()).isEmpty();
    }

    assertThat(compute(run)).contains("gradients compute: 12 members");
    assertThat(hidden()).isEmpty();
  }

  @Test
  void anotherConfigStartsAnew() {
    writeMembers(col(MembersTable.PARAMETERS));

    assertThat(compute(run.with("gradients.probe-samples=5"))).doesNotContain("done before");
    assertThat(run.rows(GradientSetsTable.SCHEMA).where("samples = 5").count()).isEqualTo(12);
    assertThat(hidden()).isEmpty();
  }

  @Test
  void otherWeightsStartAnew() {
    new ZooGeneration().run(run.with("seed=7").context());

    assertThat(compute(run)).doesNotContain("done before");
  }

  @Test
  void batchesOfOtherCodeAreNamedAndTakenAnew() throws IOException {
    writeMembers(col(MembersTable.PARAMETERS));
    passOffAsOfOtherCode();

    assertThat(run.said(new GradientComputation(OtherCodePolicy.REMAKE)))
        .contains("gradients compute: 2 staged batches of other code than this, discarded when")
        .contains("--reuse-other-code")
        .doesNotContain("done before");
    assertThat(code()).isEqualTo(GradientComputation.codeVersion(run.context(), JobRun.ZOO));
    assertThat(hidden()).isEmpty();
  }

  @Test
  void batchesOfOtherCodeAreReusedAndTheSetsAreNotThisCodes() throws IOException {
    writeMembers(col(MembersTable.PARAMETERS));
    passOffAsOfOtherCode();

    assertThat(run.said(new GradientComputation(OtherCodePolicy.REUSE)))
        .contains("gradients compute: 2 staged batches of other code than this, reused")
        .contains("8 of 12 members were done before");
    assertThat(code())
        .isNotEqualTo(GradientComputation.codeVersion(run.context(), JobRun.ZOO))
        .isNotEqualTo(OTHER);
    assertThat(run.rows(GradientSetsTable.SCHEMA).count()).isEqualTo(12);
    assertThat(hidden()).isEmpty();
  }

  private void passOffAsOfOtherCode() throws IOException {
    Path staged;
    try (Stream<Path> all = Files.list(run.tables().resolve(JobRun.ZOO))) {
      staged =
          all.filter(each -> each.getFileName().toString().startsWith(".gradients-"))
              .findFirst()
              .orElseThrow();
    }
    String name = staged.getFileName().toString();
    Files.move(staged, staged.resolveSibling(name.substring(0, name.lastIndexOf('-') + 1) + OTHER));
  }

  private String code() {
    return run.store().describe(GradientSetsTable.SCHEMA.in(JobRun.ZOO)).properties().codeVersion();
  }

  private static String compute(JobRun run) {
    return run.said(new GradientComputation());
  }

  private String[] hidden() {
    return Stream.of(run.tables().resolve(JobRun.ZOO).toFile().list())
        .filter(name -> name.startsWith("."))
        .toArray(String[]::new);
  }

  private void writeMembers(Column parameters) {
    Dataset<Row> rows =
        reference.rows(MembersTable.SCHEMA).withColumn(MembersTable.PARAMETERS, parameters);
    TableProperties copy = TableProperties.of("copy", ZooGeneration.codeVersion());
    run.store().write(JobRun.ZOO, MembersTable.SCHEMA, rows, copy);
  }

  private static JobRun zoo(Path place) {
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "zoo.source=random",
                "zoo.images=none",
                "zoo.runs=12",
                "zoo.architectures=[\"sine1:1:dense4:dense1\"]",
                "gradients.probe=points",
                "gradients.probe-samples=6",
                "gradients.signal=output",
                "gradients.loss=output_k",
                "gradients.members-per-task=1"));
    return JobRun.in(place, assignments.toArray(String[]::new));
  }
}
