package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.jobs.table.Floats;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The stored gradients are those of the stored weights on the stored probe set. */
class StoredGradientsTest {
  private static Workplace place;
  private static Row probe;
  private static Map<String, Row> members;

  @BeforeAll
  static void runTheJob() {
    place = ReferenceJob.get().place();
    probe = rows(ProbeSetsTable.SCHEMA, "true").get(0);
    members =
        rows(MembersTable.SCHEMA, "true").stream()
            .collect(Collectors.toMap(row -> row.getAs(MembersTable.MEMBER_ID), row -> row));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn", "mlp"})
  void theyEqualTheEnginesOwn(String family) {
    Map<String, List<Row>> stored = layers(LayerFactorsTable.SCHEMA);
    for (Row set : sets(family)) {
      GradientSet computed = compute(set);
      List<Row> factors = stored.get(id(set));

      assertThat(Floats.of(set, GradientSetsTable.SAMPLE_LOSS)).isEqualTo(computed.values());
      assertThat(factors).hasSameSizeAs(computed.layers());
      for (int layer = 0; layer < factors.size(); layer++) {
        assertEqual(factors.get(layer), computed.layers().get(layer));
      }
    }
  }

  @Test
  void factorsAndMomentsAgree() {
    Map<String, List<Row>> allFactors = layers(LayerFactorsTable.SCHEMA);
    Map<String, List<Row>> allMoments = layers(LayerMomentsTable.SCHEMA);
    for (Row set : sets("mlp")) {
      List<Row> moments = allMoments.get(id(set));
      assertThat(allFactors.get(id(set))).hasSize(2);
      for (Row factors : allFactors.get(id(set))) {
        double[][] expected = moments(factors);
        Row stored = moments.get(factors.<Integer>getAs(LayerFactorsTable.LAYER));
        assertClose(Floats.of(stored, LayerMomentsTable.MEAN_DW), expected[0]);
        assertClose(Floats.of(stored, LayerMomentsTable.MEAN_DW2), expected[1]);
      }
    }
  }

  /** Mean of g aᵀ over the samples, and of its square, in double precision. */
  private static double[][] moments(Row factors) {
    int samples = factors.getAs(LayerFactorsTable.SAMPLES);
    int in = factors.getAs(LayerFactorsTable.D_IN);
    int out = factors.getAs(LayerFactorsTable.D_OUT);
    float[] a = Floats.of(factors, LayerFactorsTable.A);
    float[] g = Floats.of(factors, LayerFactorsTable.G);
    double[][] moments = new double[2][out * in];
    for (int n = 0; n < samples; n++) {
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          double dw = (double) g[n * out + o] * a[n * in + i];
          moments[0][o * in + i] += dw / samples;
          moments[1][o * in + i] += dw * dw / samples;
        }
      }
    }
    return moments;
  }

  private static void assertClose(float[] stored, double[] expected) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(stored).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) stored[i]).isCloseTo(expected[i], within(1e-6 * largest));
    }
  }

  private static void assertEqual(Row stored, LayerGradients computed) {
    if (computed instanceof DenseFactors dense) {
      assertThat(Floats.of(stored, LayerFactorsTable.A)).isEqualTo(dense.inputs());
      assertThat(Floats.of(stored, LayerFactorsTable.G)).isEqualTo(dense.signals());
    } else {
      ConvolutionGradients full = (ConvolutionGradients) computed;
      assertThat(Floats.of(stored, LayerFactorsTable.DW)).isEqualTo(full.weights());
      assertThat(Floats.of(stored, LayerFactorsTable.DB)).isEqualTo(full.biases());
    }
  }

  private static GradientSet compute(Row set) {
    Row member = members.get(set.<String>getAs(GradientSetsTable.MEMBER_ID));
    Signal signal =
        new Signal.Label(
            Loss.SOFTMAX_CROSS_ENTROPY,
            new Targets.Labels(integers(probe.getAs(ProbeSetsTable.Y))));
    return new GradientExtraction(
            LayeredArchitecture.parse(set.getAs(GradientSetsTable.ARCHITECTURE)))
        .extract(
            Floats.of(member, MembersTable.PARAMETERS),
            0,
            Floats.of(probe, ProbeSetsTable.X),
            set.<Integer>getAs(GradientSetsTable.SAMPLES),
            signal);
  }

  private static int[] integers(Seq<Integer> numbers) {
    return JavaConverters.seqAsJavaList(numbers).stream().mapToInt(Integer::intValue).toArray();
  }

  /** Of six runs, after each of two epochs. */
  private static List<Row> sets(String family) {
    List<Row> sets = rows(GradientSetsTable.SCHEMA, "family = '" + family + "'");
    assertThat(sets).hasSize(12);
    return sets;
  }

  private static String id(Row set) {
    return set.getAs(GradientSetsTable.GRADIENT_SET_ID);
  }

  /** Rows in the order of layers, by set. */
  private static Map<String, List<Row>> layers(TableSchema schema) {
    return Workplace.rows(place.iceberg(), schema).orderBy("layer").collectAsList().stream()
        .collect(Collectors.groupingBy(StoredGradientsTest::id));
  }

  private static List<Row> rows(TableSchema schema, String condition) {
    return Workplace.rows(place.iceberg(), schema).where(condition).limit(100).collectAsList();
  }
}
