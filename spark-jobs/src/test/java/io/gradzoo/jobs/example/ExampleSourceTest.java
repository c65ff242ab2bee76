package io.gradzoo.jobs.example;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.datasets.split.RunSplit;
import io.gradzoo.datasets.split.ShardAssignment;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ActivationSelection;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.model.NeuronPairs;
import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.accuracy.AccuracyTask;
import io.gradzoo.jobs.task.diagonal.FisherDiagonalTask;
import io.gradzoo.jobs.task.trace.FisherTraceTask;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples of untrained SIRENs, and how they get into splits and shards. */
class ExampleSourceTest {
  private static final Set<Split> EVERY = EnumSet.allOf(Split.class);
  private static final SelectedMembers MLPS =
      new SelectedMembers(BuiltInFamilies.ALL.named("mlp").orElseThrow(), ActivationSelection.ALL);
  private static final int MEMBERS = 20;
  private static final int SAMPLES = 6;
  private static final int HIDDEN = 4;
  private static final String SET = "gradient_set_id";

  @TempDir static Path folder;
  private static JobRun sirens;
  private static JobRun written;

  @BeforeAll
  static void makeTables() {
    sirens =
        JobRun.in(
            folder,
            "zoo.source=random",
            "zoo.images=none",
            "zoo.runs=" + MEMBERS,
            "zoo.architectures=[\"sine1:1:dense4:dense4:dense1\"]",
            "gradients.probe=points",
            "gradients.probe-samples=" + SAMPLES,
            "gradients.target-samples=30",
            "gradients.signal=output",
            "gradients.loss=output_k",
            "splits={ train = 0.5, validation = 0.25, test = 0.25 }",
            "models.m={kind=gradmetanet, members=mlp, task=fisher_trace,"
                + " training { shards = 3 } }");
    sirens.run(new ZooGeneration());
    sirens.run(new GradientComputation());
    written = sirens.inFolder(folder.resolve("written"));
    for (TableSchema schema :
        List.of(
            MembersTable.SCHEMA,
            GradientSetsTable.SCHEMA,
            LayerFactorsTable.SCHEMA,
            LayerMomentsTable.SCHEMA)) {
      written.store().write(JobRun.ZOO, schema, sirens.rows(schema), TableProperties.of("copy"));
    }
  }

  @Test
  void healthyMembersOfTheFamilyAreExamplesInTheSplitOfTheirRun() {
    JobRun zoo = copy("weights");
    write(
        zoo,
        MembersTable.SCHEMA,
        "test_accuracy",
        "0.25D",
        "status",
        "IF(member_id = 'r000003-e000', 'diverged', status)",
        "family",
        "IF(member_id = 'r000004-e000', 'cnn', family)");
    RunSplit split = new RunSplit(1, 0.5, 0.25);
    Map<String, Row> members =
        zoo.rows(MembersTable.SCHEMA).collectAsList().stream()
            .collect(Collectors.toMap(row -> row.<String>getAs("member_id"), row -> row));

    List<LabelledExample> examples = source(zoo).weights(MLPS, new AccuracyTask(), EVERY).collect();

    assertThat(examples)
        .hasSize(MEMBERS - 2)
        .extracting(labelled -> labelled.example().id())
        .doesNotHaveDuplicates()
        .doesNotContain("r000003-e000", "r000004-e000");
    for (LabelledExample labelled : examples) {
      Row member = members.get(labelled.example().id());
      assertThat(labelled.split()).isEqualTo(split.assign(member.<String>getAs("run_id")));
      assertThat(labelled.example().input().weights())
          .isEqualTo(Floats.of(member, MembersTable.PARAMETERS));
      assertThat(labelled.example().target()).isEqualTo(0.25);
    }
  }

  @Test
  void anAccuracyThatIsNoShareIsRefusedByTheMembersName() {
    JobRun zoo = copy("accuracy");
    for (String accuracy : List.of("CAST(NULL AS DOUBLE)", "1.5D", "-0.1D", "double('NaN')")) {
      write(zoo, MembersTable.SCHEMA, "test_accuracy", accuracy);

      assertThatThrownBy(() -> source(zoo).weights(MLPS, new AccuracyTask(), EVERY).collect())
          .as(accuracy)
          .hasStackTraceContaining("member r0000")
          .hasStackTraceContaining("expected a test accuracy from 0 to 1");
    }
  }

  @Test
  void inputsAreTheStoredFactorsAndTargetsTheMomentsOfTheTargetSet() {
    List<Example> diagonals = gradients(sirens, new FisherDiagonalTask());
    List<Example> traces = gradients(sirens, new FisherTraceTask());
    assertThat(diagonals).hasSize(MEMBERS);
    Map<String, List<Row>> inputs = layers(LayerFactorsTable.SCHEMA, "input");
    Map<String, List<Row>> targetLayers = layers(LayerMomentsTable.SCHEMA, "target");
    for (int i = 0; i < MEMBERS; i++) {
      Example example = diagonals.get(i);
      assertHiddenNeurons(example, inputs.get(example.id()));
      List<Float> moments = new ArrayList<>();
      for (Row layer : targetLayers.get(example.id())) {
        addAll(moments, Floats.of(layer, LayerMomentsTable.MEAN_DW2));
        addAll(moments, Floats.of(layer, LayerMomentsTable.MEAN_DB2));
      }
      List<Float> targets = new ArrayList<>();
      for (double target : example.targets()) {
        assertThat((double) (float) target).isEqualTo(target);
        targets.add((float) target);
      }
      assertThat(targets).isEqualTo(moments);
      double sum = moments.stream().mapToDouble(Float::doubleValue).sum();
      assertThat(traces.get(i).id()).isEqualTo(example.id());
      assertThat(traces.get(i).target()).isCloseTo(sum, within(1e-12 * sum));
    }
  }

  @Test
  void factorsThatAreNoNumbersAreRefusedByTheMembersName() {
    JobRun zoo = copy("nan");
    write(
        zoo,
        LayerFactorsTable.SCHEMA,
        "g",
        "IF(layer = 1, transform(g, (x, i) -> IF(i = 2, float('NaN'), x)), g)");

    assertThatThrownBy(() -> task(zoo).inputs(TaskStatistics.NONE, EVERY).collect(Split.TRAIN))
        .hasStackTraceContaining("member r0000")
        .hasStackTraceContaining("expected finite features, found NaN at index");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Infinity", "NaN", "-1.0"})
  void diagonalsThatAreNoneAreRefusedByTheMembersName(String entry) {
    JobRun zoo = copy("diagonal" + entry);
    write(
        zoo,
        LayerMomentsTable.SCHEMA,
        LayerMomentsTable.MEAN_DB2,
        "IF(layer = 1, transform(mean_db2, x -> float('" + entry + "')), mean_db2)");

    assertThatThrownBy(() -> gradients(zoo, new FisherTraceTask()))
        .hasStackTraceContaining("member r0000")
        .hasStackTraceContaining(
            "expected a finite Fisher diagonal, nowhere negative, found " + entry);
  }

  @Test
  void setsOfAnotherSizeAreRefusedByTheMembersName() {
    JobRun other = sirens.with("gradients.probe-samples=5");

    assertThatThrownBy(() -> task(other).inputs(TaskStatistics.NONE, EVERY).collect(Split.TRAIN))
        .hasStackTraceContaining("member r0000")
        .hasStackTraceContaining("expected a gradient set of 5 samples, found 6");
  }

  @Test
  void setsOfOtherWeightsOrFactorsAreStale() {
    task(sirens).requireFresh();
    JobRun weights = copy("stale");
    write(
        weights,
        MembersTable.SCHEMA,
        "parameters_sha256",
        "IF(member_id = 'r000002-e000', repeat('ab', 32), parameters_sha256)");
    assertThatThrownBy(() -> task(weights).requireFresh())
        .isInstanceOf(GradzooException.class)
        .as("the member's set to read and its set to predict")
        .hasMessageContaining("found 2 of others");
    JobRun factors = copy("older");
    factors
        .store()
        .write(
            JobRun.ZOO,
            LayerFactorsTable.SCHEMA,
            sirens.rows(LayerFactorsTable.SCHEMA),
            TableProperties.of("older"));
    assertThatThrownBy(() -> task(factors).requireFresh())
        .isInstanceOf(GradzooException.class)
        .hasMessageContaining("gradients compute");
  }

  @Test
  void trainingInputsAreStandardised() {
    TaskExamples task = task(sirens);
    try (ExampleSets raw = task.gradientSets(EVERY);
        TrainingExamples training = task.training();
        ExampleSets tested = task.inputs(training.statistics(), EnumSet.of(Split.TEST))) {
      ExampleSets inputs = training.sets();
      assertThat(inputs.count(Split.TRAIN)).isPositive();
      double squares = 0;
      long numbers = 0;
      for (Example example : inputs.collect(Split.TRAIN)) {
        for (float number : example.input().features()) {
          squares += number * number;
          numbers++;
        }
      }
      assertThat(squares / numbers).isBetween(0.5, 1.01);
      assertThat(tested.collect(Split.TEST))
          .extracting(Example::id)
          .isEqualTo(raw.collect(Split.TEST).stream().map(Example::id).toList());
      assertThatThrownBy(() -> inputs.shards(Split.TEST))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("TEST");
    }
  }

  @Test
  void everyExampleIsInTheShardOfItsIdHoweverTheRowsLie() {
    ShardAssignment shards = new ShardAssignment(7, 4);
    List<Architecture> networks =
        List.of(
            Architectures.parse("relu:1:dense1"),
            Architectures.parse("transformer:v9:t5:d6:h2:f7:l1:gelu:causal:token7"));
    List<LabelledExample> examples = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Split split = Split.values()[i % 3];
      String id = "m%02d".formatted(97 * i % 50);
      examples.add(
          new LabelledExample(
              split,
              new Example(id, networks.get(i % 2), ExampleParts.ofWeights(new float[1]), i)));
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
    for (int partitions : List.of(1, 7)) {
      try (ExampleSets sets =
          ExampleSets.of(spark.parallelize(examples, partitions), EVERY, shards)) {
        for (Split split : Split.values()) {
          List<String> ids =
              examples.stream()
                  .filter(labelled -> labelled.split() == split)
                  .map(labelled -> labelled.example().id())
                  .sorted()
                  .toList();
          assertThat(sets.count(split)).isEqualTo(ids.size());
          assertThat(sets.collect(split)).extracting(Example::id).isEqualTo(ids);
          assertThat(sets.architectures(split)).containsExactlyElementsOf(networks);
          Map<Integer, List<Example>> byShard = sets.shards(split).collectAsMap();
          assertThat(byShard).hasSizeGreaterThan(1);
          byShard.forEach(
              (shard, inShard) ->
                  assertThat(inShard)
                      .extracting(Example::id)
                      .isEqualTo(ids.stream().filter(id -> shards.assign(id) == shard).toList()));
        }
      }
    }
  }

  /** Pairs of a hidden neuron: what it sends to the next layer, and the signal that comes back. */
  private static void assertHiddenNeurons(Example example, List<Row> factors) {
    int neurons = 1 + HIDDEN + HIDDEN + 1;
    assertThat(example.input().features()).hasSize(SAMPLES * neurons * 2);
    for (int layer = 0; layer < 2; layer++) {
      float[] a = Floats.of(factors.get(layer + 1), "a");
      float[] g = Floats.of(factors.get(layer), "g");
      for (int n = 0; n < SAMPLES; n++) {
        for (int j = 0; j < HIDDEN; j++) {
          int at = 2 * (n * neurons + 1 + layer * HIDDEN + j);
          assertThat(example.input().features()[at]).isEqualTo(a[n * HIDDEN + j]);
          assertThat(example.input().features()[at + 1]).isEqualTo(g[n * HIDDEN + j]);
        }
      }
    }
  }

  /** Rows of the sets of a role in the order of layers, by member. */
  private static Map<String, List<Row>> layers(TableSchema schema, String role) {
    return sirens
        .rows(schema)
        .join(sirens.rows(GradientSetsTable.SCHEMA).where("role = '" + role + "'"), SET)
        .orderBy("layer")
        .collectAsList()
        .stream()
        .collect(Collectors.groupingBy(row -> row.<String>getAs("member_id")));
  }

  private static List<Example> gradients(JobRun run, MetanetworkTask task) {
    NeuronPairs pairs = new NeuronPairs(SAMPLES);
    return source(run).gradients(MLPS, task, pairs, EVERY).collect().stream()
        .map(LabelledExample::example)
        .sorted(Comparator.comparing(Example::id))
        .toList();
  }

  private static ExampleSource source(JobRun run) {
    return new ExampleSource(run.store(), JobRun.ZOO, run.config());
  }

  private static TaskExamples task(JobRun run) {
    return new TaskExamples(run.store(), run.config(), run.config().requireModel("m"));
  }

  private static void addAll(List<Float> to, float[] numbers) {
    for (float number : numbers) {
      to.add(number);
    }
  }

  /** The tables in a folder of their own. */
  private static JobRun copy(String name) {
    return written.copiedTo(folder.resolve(name));
  }

  /** Writes a table with columns replaced by expressions. */
  private static void write(JobRun run, TableSchema schema, String... columns) {
    var rows = sirens.rows(schema);
    for (int i = 0; i < columns.length; i += 2) {
      rows = rows.withColumn(columns[i], expr(columns[i + 1]));
    }
    run.store().write(JobRun.ZOO, schema, rows, TableProperties.of("copy"));
  }
}
