package io.gradzoo.jobs.gradients;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.datasets.image.DigitImages;
import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.network.transformer.NamedTensor;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.FactorCells;
import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableContentHash;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zoo of transformers beside an MLP, and gradient sets of the transformers on 12 images. */
class TransformerSetsTest {
  private static final String ID = "transformer:v6:t16:d8:h2:f10:l1:gelu:full:mean10";
  private static final String FINE = "transformer:v3:t4:d4:h1:f4:l2:relu:causal:mean10";
  private static final int SAMPLES = 12;
  private static final TransformerArchitecture TRANSFORMER = TransformerArchitecture.parse(ID);
  private static final List<TableSchema> TABLES =
      List.of(
          ProbeSetsTable.SCHEMA,
          LayerFactorsTable.SCHEMA,
          LayerMomentsTable.SCHEMA,
          GradientSetsTable.SCHEMA);

  @TempDir static Path folder;
  private static JobRun whole;
  private static JobRun cut;

  @BeforeAll
  static void compute() {
    whole = zoo("whole", "zoo.members-per-task=5");
    cut =
        zoo(
            "cut",
            "zoo.members-per-task=1",
            "gradients.members-per-task=1",
            "gradients.chunk-bytes=60000",
            "gradients.signal=model_sampled");
    for (JobRun run : List.of(whole, cut)) {
      new ZooGeneration().run(run.context());
      new GradientComputation().run(run.context());
    }
  }

  @Test
  void membersAreWhatTheConfigSaysHoweverTheWorkIsCut() {
    Dataset<Row> members = whole.rows(MembersTable.SCHEMA);
    assertThat(TableContentHash.of(cut.rows(MembersTable.SCHEMA)))
        .isEqualTo(TableContentHash.of(members));
    Dataset<Row> transformers = members.where("family = 'transformer'");
    assertThat(transformers.count()).isBetween(6L, 26L);
    assertThat(members.where("family = 'mlp'").count()).isPositive();
    assertThat(
            transformers
                .where("status = 'ok' AND hyperparameters.dropout IS NULL")
                .where(
                    "hyperparameters.activation = IF(architecture LIKE '%gelu%', 'gelu', 'relu')")
                .where("train_loss > 0 AND test_accuracy BETWEEN 0 AND 1")
                .count())
        .isEqualTo(transformers.count());
    assertThat(members.where("family = 'mlp' AND hyperparameters.dropout IS NULL").count())
        .isZero();
    assertThat(transformers.where("architecture = '" + ID + "'").count()).isPositive();
    assertThat(transformers.where("architecture = '" + FINE + "'").count()).isPositive();
    assertThat(
            transformers
                .where("architecture = '" + ID + "'")
                .where("size(parameters) = " + TRANSFORMER.parameterCount())
                .count())
        .isEqualTo(transformers.where("architecture = '" + ID + "'").count());
  }

  @Test
  void trainingLowersTheLoss() {
    List<Row> improved =
        whole
            .rows(MembersTable.SCHEMA)
            .where("family = 'transformer'")
            .groupBy("run_id")
            .agg(expr("max_by(train_loss, epoch) < min_by(train_loss, epoch)"))
            .collectAsList();
    assertThat(improved).isNotEmpty().allMatch(row -> row.getBoolean(1));
  }

  @Test
  void everyStageHasItsRowWithTheSpacesItJoins() {
    List<Row> rows = factors(set(ID));
    List<TransformerLayer> layers = TRANSFORMER.layout().layers();
    assertThat(rows).hasSameSizeAs(layers);
    for (TransformerLayer layer : layers) {
      Row row = rows.get(layer.index());
      assertThat(row.<Integer>getAs("tokens")).isEqualTo(16);
      assertThat(row.<Integer>getAs("samples")).isEqualTo(SAMPLES);
      assertThat(row.<String>getAs("in_space")).isEqualTo(layer.in().name());
      assertThat(row.<String>getAs("out_space")).isEqualTo(layer.out().name());
      assertThat(row.<Integer>getAs("d_in")).isEqualTo(layer.in().width());
      assertThat(Floats.of(row, "g")).hasSize(SAMPLES * 16 * layer.out().width());
      boolean embedding = layer instanceof TransformerLayer.Embedding;
      assertThat(row.isNullAt(row.fieldIndex("ids"))).isEqualTo(!embedding);
      if (!embedding) {
        assertThat(Floats.of(row, "a")).hasSize(SAMPLES * 16 * layer.in().width());
      }
    }
    assertThat(rows)
        .extracting(row -> row.<String>getAs("kind"))
        .startsWith("embedding", "embedding", "layernorm", "linear")
        .endsWith("layernorm", "linear");
  }

  @Test
  void idsAreGreyLevelsOfTheProbeImages() {
    ImageSet images = DigitImages.load().divide(1, 0.75).test();
    int[] ids = FactorCells.joined(factors(set(ID)).subList(0, 1)).ids();
    assertThat(ids).hasSize(SAMPLES * 16);
    for (int n = 0; n < SAMPLES; n++) {
      for (int t = 0; t < 16; t++) {
        int corner = n * 64 + t / 4 * 16 + t % 4 * 2;
        float[] x = images.pixels();
        double mean = ((double) x[corner] + x[corner + 1] + x[corner + 8] + x[corner + 9]) / 4;
        assertThat(ids[n * 16 + t]).isEqualTo((int) Math.min(5, Math.floor((mean + 1) * 3)));
      }
    }
  }

  @Test
  void momentsAreThoseOfTheStoredFactorsWithTokensSummedBeforeSquaring() {
    String set = set(ID);
    List<Row> factors = factors(set);
    List<Row> moments =
        whole
            .rows(LayerMomentsTable.SCHEMA)
            .where("gradient_set_id = '" + set + "'")
            .orderBy("layer")
            .collectAsList();
    for (TransformerLayer layer : TRANSFORMER.layout().layers()) {
      double[][] sums = new double[2][layer.size()];
      for (int n = 0; n < SAMPLES; n++) {
        double[] gradient = gradient(factors.get(layer.index()), n);
        for (int i = 0; i < gradient.length; i++) {
          sums[0][i] += gradient[i] / SAMPLES;
          sums[1][i] += gradient[i] * gradient[i] / SAMPLES;
        }
      }
      Row row = moments.get(layer.index());
      List<NamedTensor> tensors = layer.tensors();
      int weights = tensors.get(0).size();
      for (int moment = 0; moment < 2; moment++) {
        float[] ofWeights = Floats.of(row, moment == 0 ? "mean_dw" : "mean_dw2");
        float[] ofBiases = Floats.of(row, moment == 0 ? "mean_db" : "mean_db2");
        assertThat(ofWeights).hasSize(weights);
        assertThat(ofBiases).hasSize(layer.size() - weights);
        double scale = 0;
        for (double value : sums[moment]) {
          scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < layer.size(); i++) {
          double found = i < weights ? ofWeights[i] : ofBiases[i - weights];
          assertThat(found)
              .as(layer.name() + " " + i)
              .isCloseTo(sums[moment][i], within(1e-5 * scale));
        }
      }
    }
  }

  @Test
  void setsAreVerifiedFromTheTablesAlone() {
    for (JobRun run : List.of(whole, cut)) {
      String out = verify(run);
      assertThat(out.lines().filter(line -> line.endsWith("equal"))).hasSize(3);
      assertThat(out).doesNotContain("DIFFERENT").doesNotContain("sets of MLPs");
    }
    assertThat(cut.rows(LayerFactorsTable.SCHEMA).where("sample_offset > 0").count()).isPositive();
    assertThat(cut.rows(GradientSetsTable.SCHEMA).where("signal_seed IS NULL").count()).isZero();
  }

  @Test
  void anotherCutOfTheWorkGivesTheSameTables() {
    JobRun again = zoo("again", "gradients.members-per-task=1");
    copy(again, MembersTable.SCHEMA);
    new GradientComputation().run(again.context());
    for (TableSchema table : TABLES) {
      assertThat(TableContentHash.of(again.rows(table)))
          .as(table.name())
          .isEqualTo(TableContentHash.of(whole.rows(table)));
    }
  }

  @Test
  void anInterruptedComputationGoesOnWithTheMembersThatAreMissing() {
    JobRun run = zoo("interrupted", "gradients.members-per-task=1");
    Dataset<Row> members = whole.rows(MembersTable.SCHEMA);
    String last =
        members.where("family = 'transformer'").agg(expr("max(member_id)")).first().getString(0);
    run.store()
        .write(
            JobRun.ZOO,
            MembersTable.SCHEMA,
            members.withColumn(
                "parameters",
                expr(
                    "IF(member_id = '%s', transform(parameters, x -> float('NaN')), parameters)"
                        .formatted(last))),
            TableProperties.of("copy", ZooGeneration.codeVersion()));
    GradzooException e =
        catchThrowableOfType(
            GradzooException.class, () -> new GradientComputation().run(run.context()));
    assertThat(e).hasMessageContaining(last);
    copy(run, MembersTable.SCHEMA);
    StringWriter out = new StringWriter();
    new GradientComputation().run(run.context(out));

    assertThat(out.toString()).containsPattern("[1-9]\\d* of \\d+ members were done before");
    for (TableSchema table : TABLES) {
      assertThat(TableContentHash.of(run.rows(table)))
          .as(table.name())
          .isEqualTo(TableContentHash.of(whole.rows(table)));
    }
  }

  @Test
  void idsAndNormsThatAreOffAreNamed() {
    JobRun copy = zoo("copy");
    for (TableSchema schema :
        List.of(
            MembersTable.SCHEMA,
            ProbeSetsTable.SCHEMA,
            LayerMomentsTable.SCHEMA,
            GradientSetsTable.SCHEMA)) {
      copy(copy, schema);
    }
    Dataset<Row> spoilt =
        whole
            .rows(LayerFactorsTable.SCHEMA)
            .withColumn(
                "ids",
                expr(
                    "transform(ids, (x, i) -> IF(layer = 0 AND i = 3, 1 - x % 2, IF(layer = 1 AND i"
                        + " = 2, 99, x)))"))
            .withColumn("a", expr("IF(layer = 2, transform(a, (x, i) -> IF(i = 7, x + 1, x)), a)"));
    copy.store()
        .write(
            JobRun.ZOO,
            LayerFactorsTable.SCHEMA,
            spoilt,
            TableProperties.of("copy", ZooGeneration.codeVersion()));

    GradzooException e = catchThrowableOfType(GradzooException.class, () -> verify(copy));

    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e.problems())
        .anySatisfy(line -> assertThat(line).contains("layer 0: expected ids to be equal"))
        .anySatisfy(line -> assertThat(line).contains("layer 1: expected ids to be equal"))
        .anySatisfy(line -> assertThat(line).contains("factors of position: expected rows in 0…"))
        .anySatisfy(line -> assertThat(line).contains("layer 2: expected a to be equal"))
        .anySatisfy(
            line -> assertThat(line).contains("layer 2: expected mean of the factors to be equal"));
  }

  @Test
  void theEstimateCountsEveryTokenOfEveryStage() {
    StringWriter out = new StringWriter();
    new GradientComputation().run(whole.context(out));
    long bytes = 0;
    for (Row set : whole.rows(GradientSetsTable.SCHEMA).collectAsList()) {
      TransformerArchitecture architecture =
          TransformerArchitecture.parse(set.getAs(GradientSetsTable.ARCHITECTURE));
      for (TransformerLayer layer : architecture.layout().layers()) {
        int read = layer instanceof TransformerLayer.Embedding ? 1 : layer.in().width();
        bytes += 300 + 4L * SAMPLES * architecture.positions() * (read + layer.out().width());
      }
    }
    assertThat(out.toString()).containsPattern("layer_factors +%.1f MB".formatted(bytes / 1e6));
  }

  /** dW then db of one sample, out of a row. */
  private static double[] gradient(Row row, int sample) {
    int in = row.getAs("d_in");
    int out = row.getAs("d_out");
    int tokens = row.getAs("tokens");
    String kind = row.getAs("kind");
    float[] g = Floats.of(row, "g");
    float[] a = Floats.of(row, "a");
    int[] ids = FactorCells.joined(List.of(row)).ids();
    double[] gradient =
        new double
            [kind.equals("linear")
                ? out * in + out
                : kind.equals("embedding") ? in * out : 2 * out];
    for (int t = sample * tokens; t < (sample + 1) * tokens; t++) {
      for (int o = 0; o < out; o++) {
        double signal = g[t * out + o];
        switch (kind) {
          case "linear" -> {
            for (int i = 0; i < in; i++) {
              gradient[o * in + i] += signal * a[t * in + i];
            }
            gradient[out * in + o] += signal;
          }
          case "layernorm" -> {
            gradient[o] += signal * a[t * in + o];
            gradient[out + o] += signal;
          }
          default -> gradient[ids[t] * out + o] += signal;
        }
      }
    }
    return gradient;
  }

  private static String set(String architecture) {
    return whole
        .rows(GradientSetsTable.SCHEMA)
        .where("architecture = '" + architecture + "'")
        .orderBy("gradient_set_id")
        .first()
        .getString(0);
  }

  private static List<Row> factors(String set) {
    return whole
        .rows(LayerFactorsTable.SCHEMA)
        .where("gradient_set_id = '" + set + "'")
        .orderBy("layer")
        .collectAsList();
  }

  private static void copy(JobRun to, TableSchema schema) {
    to.store()
        .write(
            JobRun.ZOO,
            schema,
            whole.rows(schema),
            TableProperties.of("copy", ZooGeneration.codeVersion()));
  }

  private static String verify(JobRun run) {
    StringWriter out = new StringWriter();
    new GradientVerification(3).run(run.context(out));
    return out.toString();
  }

  private static JobRun zoo(String name, String... more) {
    return JobRun.in(
            folder.resolve(name),
            "zoo.runs=14",
            "zoo.architectures=[\"64:dense4:dense10\",\"" + ID + "\",\"" + FINE + "\"]",
            "zoo.epochs=2",
            "zoo.checkpoints=[1,2]",
            "zoo.recipe.train-fraction=[0.1]",
            "zoo.recipe.optimizer=[adam]",
            "zoo.recipe.learning-rate=[0.001,0.003]",
            "gradients.members=transformer",
            "gradients.probe-samples=" + SAMPLES)
        .with(more);
  }
}
