package io.gradzoo.jobs.gradients;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerLowRankTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.zoo.ZooGeneration;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gradient sets of every kind, of MLPs and CNNs, taken again from the tables alone. */
class GradientVerificationTest {
  private static final int MEMBERS = 4;

  @TempDir static Path folder;
  private static JobRun sampled;
  private static JobRun outputs;

  @BeforeAll
  static void compute() {
    sampled = zoo("sampled", "signal=model_sampled", "convolutions=maps", "chunk-bytes=4000");
    outputs = zoo("outputs", "signal=output", "loss=output_k", "output=3", "convolutions=lowrank2");
    for (JobRun run : List.of(sampled, outputs)) {
      new ZooGeneration().run(run.context());
      new GradientComputation().run(run.context());
    }
  }

  @Test
  void labelsSampledInChunksAreThoseOfTheWholeSet() {
    assertThat(verify(sampled).lines().skip(1))
        .hasSize(MEMBERS)
        .allMatch(line -> line.endsWith("equal"));
    assertThat(
            sampled
                .rows(GradientSetsTable.SCHEMA)
                .where("signal_kind = 'model_sampled' AND loss = 'ce' AND output IS NULL")
                .select("signal_seed")
                .distinct()
                .count())
        .isEqualTo(MEMBERS);
  }

  @Test
  void mapsAreInputsAndSignalsAtEveryPosition() {
    Dataset<Row> maps = sampled.rows(LayerFactorsTable.SCHEMA).where("kind = 'conv_maps'");

    assertThat(maps.count()).isPositive();
    // An 8x8 image of one channel, and three channels at 3x3 positions.
    assertThat(maps.where("size(a) = samples * 64 AND size(g) = samples * 27").count())
        .isEqualTo(maps.count());
    assertThat(maps.where("dw IS NOT NULL OR db IS NOT NULL").count()).isZero();
  }

  @Test
  void lowRankGradientsHaveTheirTable() {
    assertThat(verify(outputs).lines().skip(1)).allMatch(line -> line.endsWith("equal"));
    Dataset<Row> lowRank = outputs.rows(LayerLowRankTable.SCHEMA);
    long convolutions = outputs.rows(LayerMomentsTable.SCHEMA).where("kind = 'conv'").count();

    assertThat(lowRank.count()).isEqualTo(convolutions).isPositive();
    assertThat(
            lowRank
                .where("rank = 2 AND samples = 20 AND size(db) = 20 * 3")
                .where("size(`left`) = 20 * 2 * 3 AND size(`right`) = 20 * 2 * 9")
                .where("forall(energy, e -> e > 0 AND e <= 1.000001)")
                .count())
        .isEqualTo(convolutions);
    assertThat(outputs.rows(LayerFactorsTable.SCHEMA).where("kind <> 'linear'").count()).isZero();
    assertThat(
            outputs
                .rows(GradientSetsTable.SCHEMA)
                .where("output = 3 AND signal_seed IS NULL")
                .count())
        .isEqualTo(MEMBERS);
  }

  @Test
  void aMomentThatIsOffNamesMemberAndLayer() {
    JobRun copy = copy("moments");
    replace(
        copy,
        LayerMomentsTable.SCHEMA,
        "mean_dw2",
        "IF(layer = 1, transform(mean_dw2, (x, i) -> IF(i = 4, x + 1e-3F, x)), mean_dw2)");

    GradzooException e = catchThrowableOfType(GradzooException.class, () -> verify(copy));

    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e.problems())
        .hasSize(MEMBERS)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("member r00000", "input set, layer 1: expected mean_dw2")
                    .containsPattern("found a difference of \\d\\.\\de[-+]\\d\\d"));
  }

  @Test
  void factorsThatAreOffDifferFromTheMeanToo() {
    JobRun copy = copy("factors");
    replace(
        copy,
        LayerFactorsTable.SCHEMA,
        "g",
        "IF(kind = 'linear' AND sample_offset = 0, transform(g, (x, i) -> IF(i = 0, x + 1, x)), g)");

    GradzooException e = catchThrowableOfType(GradzooException.class, () -> verify(copy));

    assertThat(e.problems()).anySatisfy(line -> assertThat(line).contains("expected g to be"));
    assertThat(e.problems())
        .anySatisfy(line -> assertThat(line).contains("expected mean of the factors to be"));
  }

  @Test
  void otherWeightsAreNamedByTheirHash() {
    JobRun copy = copy("weights");
    replace(
        copy, MembersTable.SCHEMA, "parameters", "transform(parameters, (x, i) -> x + 1e-4F * i)");

    GradzooException e = catchThrowableOfType(GradzooException.class, () -> verify(copy));

    assertThat(e.problems())
        .filteredOn(line -> line.contains("expected weights of SHA-256"))
        .hasSize(MEMBERS);
  }

  @Test
  void aSampleOfMembersIsAFunctionOfTheSeed() {
    StringWriter first = new StringWriter();
    StringWriter again = new StringWriter();
    new GradientVerification(2).run(outputs.context(first));
    new GradientVerification(2).run(outputs.context(again));

    assertThat(first.toString().lines()).hasSize(3);
    assertThat(again).hasToString(first.toString());
  }

  @Test
  void noMembersAreAMistake() {
    assertThatThrownBy(() -> new GradientVerification(0))
        .hasMessage("gradients verify: --members: expected a positive number, found 0");
  }

  private static String verify(JobRun run) {
    StringWriter out = new StringWriter();
    new GradientVerification(MEMBERS).run(run.context(out));
    return out.toString();
  }

  /** The sampled sets in a folder of their own. */
  private static JobRun copy(String name) {
    JobRun copy = JobRun.in(folder.resolve(name));
    for (TableSchema schema :
        List.of(
            ProbeSetsTable.SCHEMA,
            MembersTable.SCHEMA,
            GradientSetsTable.SCHEMA,
            LayerFactorsTable.SCHEMA,
            LayerMomentsTable.SCHEMA)) {
      write(copy, schema, sampled.rows(schema));
    }
    return copy;
  }

  private static void replace(JobRun run, TableSchema schema, String column, String expression) {
    write(run, schema, sampled.rows(schema).withColumn(column, expr(expression)));
  }

  private static void write(JobRun run, TableSchema schema, Dataset<Row> rows) {
    run.store().write(JobRun.ZOO, schema, rows, TableProperties.of("copy"));
  }

  private static JobRun zoo(String name, String... gradients) {
    JobRun run =
        JobRun.in(
            folder.resolve(name),
            "zoo.source=random",
            "zoo.runs=" + MEMBERS,
            "zoo.architectures=[\"tanh:64:dense3:dense10\",\"tanh:1x8x8:conv3k3s2p0:gap:dense10\"]",
            "gradients.members=all",
            "gradients.probe-samples=20");
    for (String assignment : gradients) {
      run = run.with("gradients." + assignment);
    }
    return run;
  }
}
