package io.gradzoo.jobs.gradients;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerLowRankTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradient sets of every kind, of MLPs and CNNs, taken again from the tables alone. */
class GradientVerificationTest {
  private static final int MEMBERS = 4;

  @TempDir static Path folder;
  private static JobRun sampled;
  private static JobRun outputs;
  private static final Map<JobRun, JobRun> written = new HashMap<>();

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
    assertThat(verify(sampled).lines().skip(1).limit(MEMBERS))
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
    assertThat(verify(outputs).lines().skip(1).limit(MEMBERS))
        .hasSize(MEMBERS)
        .allMatch(line -> line.endsWith("equal"));
    Dataset<Row> lowRank = outputs.rows(LayerLowRankTable.SCHEMA);
    long convolutions = outputs.rows(LayerMomentsTable.SCHEMA).where("kind = 'conv'").count();

    assertThat(lowRank.count()).isEqualTo(convolutions).isPositive();
    assertThat(
            lowRank
                .where("rank = 2 AND samples = 20 AND size(db) = 20 * 3")
                .where("size(left_vectors) = 20 * 2 * 3 AND size(right_vectors) = 20 * 2 * 9")
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
  void everyColumnOfLowRankGradientsThatIsOffIsNamed() {
    JobRun copy = copy("lowrank", outputs);
    write(
        copy,
        LayerLowRankTable.SCHEMA,
        outputs
            .rows(LayerLowRankTable.SCHEMA)
            .withColumn("left_vectors", expr("transform(left_vectors, (x, i) -> IF(i < 6, 0F, x))"))
            .withColumn(
                "right_vectors",
                expr("transform(right_vectors, (x, i) -> IF(i = 98, x * 1.01F, x))"))
            .withColumn("db", expr("transform(db, (x, i) -> IF(i = 2, x + 0.01F, x))"))
            .withColumn("energy", expr("transform(energy, (x, i) -> IF(i = 19, x - 0.01F, x))")));

    GradzooException e = catchThrowableOfType(GradzooException.class, () -> verify(copy));

    for (String column :
        List.of("left_vectors", "right_vectors", "db", "energy", "energy of left and right")) {
      assertThat(e.problems())
          .anySatisfy(
              line -> assertThat(line).contains("layer 0: expected " + column + " to be equal"));
    }
  }

  @Test
  void singularVectorsOfTheOtherSignAreTheSameAndThoseOfOtherSettingsAreNotCompared() {
    JobRun copy = copy("signs", outputs);
    Dataset<Row> lowRank = outputs.rows(LayerLowRankTable.SCHEMA);
    write(
        copy,
        LayerLowRankTable.SCHEMA,
        lowRank
            .withColumn("left_vectors", expr("transform(left_vectors, x -> -x)"))
            .withColumn("right_vectors", expr("transform(right_vectors, x -> -x)")));
    assertThat(verify(copy)).doesNotContain("DIFFERENT");

    copy.store()
        .write(
            JobRun.ZOO,
            LayerLowRankTable.SCHEMA,
            lowRank.withColumn("left_vectors", expr("transform(left_vectors, x -> 0F)")),
            TableProperties.of("older"));
    assertThat(verify(copy)).doesNotContain("DIFFERENT");
  }

  @Test
  void deadNeuronsAreCounted() {
    JobRun run =
        JobRun.in(
            folder.resolve("dead"),
            "zoo.source=random",
            "zoo.images=none",
            "zoo.runs=8",
            "zoo.architectures=[\"relu:1:dense8:dense4:dense1\"]",
            "gradients.probe=points",
            "gradients.probe-samples=3",
            "gradients.signal=output",
            "gradients.loss=output_k");
    new ZooGeneration().run(run.context());
    new GradientComputation().run(run.context());
    List<Row> sets =
        run.rows(LayerFactorsTable.SCHEMA)
            .where("layer = 1")
            .orderBy("gradient_set_id")
            .collectAsList();
    StringWriter out = new StringWriter();
    new GradientVerification(8).run(run.context(out));

    int dead = 0;
    List<String> lines = out.toString().lines().toList();
    for (int i = 0; i < sets.size(); i++) {
      int ofSet = deadUnits(Floats.of(sets.get(i), LayerFactorsTable.A), 8);
      dead += ofSet;
      assertThat(lines.get(1 + i)).matches(".* +\\d+  equal");
    }
    assertThat(dead).as("untrained ReLU units on three points").isPositive();
    assertThat(lines.get(9)).matches("\\d of 8 sets of MLPs have hidden neurons that no .*");
    assertThat(lines.get(10)).startsWith("  hidden layer 1: " + dead + " of 64 neurons dead, ");
    assertThat(lines).hasSize(12);
  }

  /** Units whose activation is zero on every sample. */
  private static int deadUnits(float[] activations, int width) {
    int dead = 0;
    for (int unit = 0; unit < width; unit++) {
      boolean silent = true;
      for (int i = unit; i < activations.length; i += width) {
        silent &= activations[i] == 0;
      }
      dead += silent ? 1 : 0;
    }
    return dead;
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
        "IF(kind = 'linear' AND sample_offset = 0, transform(g, (x, i) -> IF(i = 0, x + 1, x)),"
            + " g)");

    GradzooException e = catchThrowableOfType(GradzooException.class, () -> verify(copy));

    assertThat(e.problems()).anySatisfy(line -> assertThat(line).contains("expected g to be"));
    assertThat(e.problems())
        .anySatisfy(line -> assertThat(line).contains("expected mean of the factors to be"));
  }

  @Test
  void setsOfOtherWeightsAreNamedByTheHash() {
    JobRun copy = copy("weights");
    new ZooGeneration(OtherCodePolicy.REPLACE).run(zoo("weights").with("seed=7").context());

    GradzooException e = catchThrowableOfType(GradzooException.class, () -> verify(copy));

    assertThat(e.problems())
        .filteredOn(line -> line.contains("expected weights of SHA-256"))
        .hasSize(MEMBERS)
        .allMatch(line -> line.contains("fix: run gradzoo gradients compute"));
  }

  @Test
  void weightsThatTheirHashIsNotOfAreAFaultOfTheMember() {
    JobRun copy = copy("damaged");
    replace(copy, MembersTable.SCHEMA, "parameters", "transform(parameters, x -> x + 1e-4F)");

    assertThat(refusal(copy))
        .contains("read members: member r00000", "weights of SHA-256", "gradzoo zoo generate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x: transform(x, (v, i) -> IF(i = 70, v + 1, v))", "y: transform(y, v -> 9 - v)"})
  void samplesThatTheIdOfTheProbeSetIsNotTheHashOfAreRefused(String column) {
    JobRun copy = copy("probe" + column.charAt(0));
    replace(copy, ProbeSetsTable.SCHEMA, column.substring(0, 1), column.substring(3));

    assertThat(refusal(copy))
        .contains("read probe_sets: ", "inputs and labels of that hash", "gradients compute");
  }

  @Test
  void aSampleOfMembersIsAFunctionOfTheSeed() {
    StringWriter first = new StringWriter();
    StringWriter again = new StringWriter();
    new GradientVerification(2).run(outputs.context(first));
    new GradientVerification(2).run(outputs.context(again));

    assertThat(first.toString().lines().filter(line -> line.endsWith("equal"))).hasSize(2);
    assertThat(again).hasToString(first.toString());
  }

  @Test
  void noMembersAreAMistake() {
    assertThatThrownBy(() -> new GradientVerification(0))
        .hasMessage("gradients verify: --members: expected a positive number, found 0");
  }

  /** The one fault that an executor finds. */
  private static String refusal(JobRun run) {
    Throwable e = catchThrowable(() -> verify(run));
    assertThat(Failures.exitCode(e)).isEqualTo(ExitCode.DATA);
    return Failures.faults(e).get(0).line();
  }

  private static String verify(JobRun run) {
    StringWriter out = new StringWriter();
    new GradientVerification(MEMBERS).run(run.context(out));
    return out.toString();
  }

  /** The sampled sets in a folder of their own. */
  private static JobRun copy(String name) {
    return copy(name, sampled);
  }

  private static JobRun copy(String name, JobRun of) {
    return written
        .computeIfAbsent(of, GradientVerificationTest::write)
        .copiedTo(folder.resolve(name));
  }

  /** The tables that all sets have, as if nobody knew what they were made with. */
  private static JobRun write(JobRun of) {
    JobRun copy = JobRun.in(of.folder().resolve("written"));
    for (TableSchema schema :
        List.of(
            ProbeSetsTable.SCHEMA,
            MembersTable.SCHEMA,
            GradientSetsTable.SCHEMA,
            LayerFactorsTable.SCHEMA,
            LayerMomentsTable.SCHEMA)) {
      write(copy, schema, of.rows(schema));
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
