package io.gradzoo.reader;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * docs/formats.md says all that is needed: networks of every family, read from tables that the jobs
 * wrote and rebuilt by the page's words, have the losses, accuracies and gradients of the tables.
 */
class RebuiltNetworksTest {
  private static final int TEST_IMAGES = 447;

  /** Of float32 numbers against double ones, relative to the largest of the array. */
  private static final double ROUNDING = 1e-5;

  private static final String NETWORKS =
      "zoo.architectures=[\"64:dense9:dense7:dense10\","
          + "\"1x8x8:conv3k3s1p0:conv4k3s2p1:gap:dense10\", \"1x8x8:conv2k2s2p1:dense10\","
          + "\"transformer:v6:t16:d8:h2:f10:l2:gelu:full:mean10\","
          + "\"transformer:v3:t4:d4:h1:f6:l1:relu:causal:mean10\"]";
  private static final String SINES =
      "zoo.architectures=[\"sine1:1:dense6:dense5:dense1\", \"sine2.5:2:dense7:dense2\","
          + "\"tanh:2:dense5:dense2\", \"relu:1:dense6:dense1\"]";

  /** The sets of gradients that are taken again. */
  enum Sets {
    LABELS("images", "gradients.convolutions=maps"),
    SQUARED_ERRORS("images", "gradients.convolutions=full", "gradients.loss=mse_sum"),
    SAMPLED_LABELS("images", "gradients.convolutions=lowrank4", "gradients.signal=model_sampled"),
    OUTPUTS("points", "gradients.signal=output", "gradients.loss=output_k"),
    NOISE("points", "gradients.signal=model_sampled", "gradients.loss=half_mse"),
    TWICE_THE_NOISE("points", "gradients.signal=model_sampled", "gradients.loss=mse_sum");

    private final String probe;
    private final String[] settings;

    Sets(String probe, String... settings) {
      List<String> all = new ArrayList<>(List.of(settings));
      this.probe = probe;
      all.add("gradients.probe=" + probe);
      this.settings = all.toArray(String[]::new);
    }
  }

  @TempDir static Path folder;
  private static JobRun images;
  private static JobRun points;

  @BeforeAll
  static void makeZoos() {
    images =
        JobRun.in(
            folder.resolve("images"),
            NETWORKS,
            "zoo.runs=14",
            "zoo.epochs=2",
            "zoo.checkpoints=[2]",
            "zoo.recipe.activation=[relu, tanh]",
            "gradients.members=all",
            "gradients.probe-samples=9");
    points =
        JobRun.in(
            folder.resolve("points"),
            SINES,
            "zoo.source=random",
            "zoo.images=none",
            "zoo.runs=12",
            "gradients.probe=points",
            "gradients.signal=model_sampled",
            "gradients.loss=half_mse",
            "gradients.target-samples=11",
            "gradients.probe-samples=7");
    images.run(new ZooGeneration());
    points.run(new ZooGeneration());
  }

  @ParameterizedTest
  @EnumSource
  void gradientSetsAreTheSame(Sets sets) throws IOException {
    boolean ofImages = sets.probe.equals("images");
    JobRun zoo = ofImages ? images : points;
    JobRun run = zoo.copiedTo(folder.resolve(sets.name())).with(sets.settings);
    run.run(new GradientComputation());
    Tables tables = new Tables(run.tables().resolve(JobRun.ZOO));

    Set<String> families = new TreeSet<>();
    for (Row set : tables.rows("gradient_sets")) {
      Row member = tables.members.get(set.<String>getAs("member_id"));
      Row probe = tables.probes.get(set.<String>getAs("probe_set_id"));
      families.add(set.<String>getAs("architecture").replaceFirst(":.*", ""));
      compare(tables, set, member, probe);
    }

    assertThat(families)
        .isEqualTo(
            ofImages
                ? Set.of("relu", "tanh", "transformer")
                : Set.of("relu", "sine1", "sine2.5", "tanh"));
  }

  @Test
  void accuraciesAndLossesOfTestImagesAreTheSame() throws IOException {
    JobRun run =
        images
            .copiedTo(folder.resolve("accuracies"))
            .with("gradients.probe-samples=" + TEST_IMAGES);
    run.run(new GradientComputation());
    Tables tables = new Tables(run.tables().resolve(JobRun.ZOO));
    Row probe = tables.rows("probe_sets").get(0);
    double[][] x = rows(doubles(probe, "x"), TEST_IMAGES);
    int[] labels = ints(probe, "y");

    assertThat(tables.members).hasSize(14);
    for (Row member : tables.members.values()) {
      TargetNetwork network = network(member, probe);
      double loss = 0;
      int right = 0;
      for (int n = 0; n < TEST_IMAGES; n++) {
        double[] f = network.outputs(x[n]);
        loss += SampleLoss.crossEntropy(f, labels[n]).value() / TEST_IMAGES;
        right += largest(f) == labels[n] ? 1 : 0;
      }
      String id = member.getAs("architecture");
      assertThat(loss).as(id).isCloseTo(member.<Double>getAs("test_loss"), within(1e-6));
      assertThat((double) right / TEST_IMAGES)
          .as(id)
          .isEqualTo(member.<Double>getAs("test_accuracy"));
    }
  }

  @Test
  void keyBiasesHaveNoGradient() throws IOException {
    JobRun run = images.copiedTo(folder.resolve("keys"));
    run.run(new GradientComputation());
    Tables tables = new Tables(run.tables().resolve(JobRun.ZOO));

    int keys = 0;
    for (Row set : tables.rows("gradient_sets")) {
      if (set.<String>getAs("family").equals("transformer")) {
        keys++;
        Row key = tables.moments.get(set.getAs("gradient_set_id") + "/4");
        Row query = tables.moments.get(set.getAs("gradient_set_id") + "/3");
        double largest = Arrays.stream(doubles(query, "mean_db2")).max().orElseThrow();
        assertThat(Arrays.stream(doubles(key, "mean_db2")).max().orElseThrow())
            .isLessThan(1e-9 * largest);
      }
    }
    assertThat(keys).isPositive();
  }

  @Test
  void theReaderUsesNothingOfGradzoos() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("RebuiltNetworksTest")
        .and()
        .haveNameNotMatching(".*RebuiltNetworksTest\\$.*")
        .should(
            dependOnClassesThat(
                resideInAPackage("io.gradzoo..").and(not(resideInAPackage("io.gradzoo.reader")))))
        .check(new ClassFileImporter().importPackages("io.gradzoo.reader"));
  }

  private static void compare(Tables tables, Row set, Row member, Row probe) {
    TargetNetwork network = network(member, probe);
    int samples = set.getAs("samples");
    double[][] x = rows(doubles(probe, "x"), samples);
    double[] losses = new double[samples];
    List<List<LayerGradient>> gradients = new ArrayList<>();
    for (int n = 0; n < samples; n++) {
      SampleLoss loss =
          SampleLoss.of(
              set.getAs("loss"),
              set.getAs("signal_kind"),
              network.outputs(x[n]),
              probe.isNullAt(probe.fieldIndex("y")) ? -1 : ints(probe, "y")[n],
              set.isNullAt(set.fieldIndex("output")) ? -1 : set.<Integer>getAs("output"),
              set.isNullAt(set.fieldIndex("signal_seed"))
                  ? 0
                  : Long.parseLong(set.getAs("signal_seed")),
              n);
      losses[n] = loss.value();
      gradients.add(network.gradients(loss.signal()));
    }
    String id = set.getAs("gradient_set_id");
    String name = id + " " + set.getAs("architecture");
    requireEqual(name + " sample_loss", doubles(set, "sample_loss"), losses);
    for (int layer = 0; layer < gradients.get(0).size(); layer++) {
      int at = layer;
      List<LayerGradient> of = gradients.stream().map(each -> each.get(at)).toList();
      String key = id + "/" + layer;
      compareMoments(name + " layer " + layer, tables.moments.get(key), of);
      if (set.<String>getAs("role").equals("input")) {
        compareFactors(name + " layer " + layer, tables.factors.getOrDefault(key, List.of()), of);
        compareLowRank(name + " layer " + layer, tables.lowRank.getOrDefault(key, List.of()), of);
        assertThat(tables.factors.containsKey(key) || tables.lowRank.containsKey(key))
            .as(name)
            .isTrue();
      }
    }
  }

  /** Biases are judged beside the weights: those of keys are rounding around 0. */
  private static void compareMoments(String name, Row row, List<LayerGradient> gradients) {
    List<double[]> dw = gradients.stream().map(LayerGradient::dw).toList();
    List<double[]> db = gradients.stream().map(LayerGradient::db).toList();
    for (int power = 1; power <= 2; power++) {
      String suffix = power == 1 ? "" : "2";
      double[] weights = mean(dw, power);
      requireEqual(name + " mean_dw" + suffix, doubles(row, "mean_dw" + suffix), weights);
      requireEqual(
          name + " mean_db" + suffix, doubles(row, "mean_db" + suffix), mean(db, power), weights);
    }
    assertThat(row.<Integer>getAs("samples")).isEqualTo(gradients.size());
  }

  private static void compareFactors(String name, List<Row> rows, List<LayerGradient> gradients) {
    for (Row row : rows) {
      int first = row.getAs("sample_offset");
      int samples = row.getAs("samples");
      List<LayerGradient> of = gradients.subList(first, first + samples);
      if (row.<String>getAs("kind").equals("conv")) {
        requireEqual(
            name + " dw", doubles(row, "dw"), join(of.stream().map(LayerGradient::dw).toList()));
        requireEqual(
            name + " db", doubles(row, "db"), join(of.stream().map(LayerGradient::db).toList()));
        continue;
      }
      requireEqual(
          name + " g", doubles(row, "g"), join(of.stream().map(LayerGradient::g).toList()));
      if (row.<String>getAs("kind").equals("embedding")) {
        assertThat(ints(row, "ids"))
            .as(name)
            .isEqualTo(of.stream().flatMapToInt(each -> Arrays.stream(each.ids())).toArray());
      } else {
        requireEqual(
            name + " a", doubles(row, "a"), join(of.stream().map(LayerGradient::a).toList()));
      }
    }
  }

  /** A low-rank form is short of a gradient by the share of the squared norm that is not kept. */
  private static void compareLowRank(String name, List<Row> rows, List<LayerGradient> gradients) {
    for (Row row : rows) {
      int first = row.getAs("sample_offset");
      int samples = row.getAs("samples");
      int rank = row.getAs("rank");
      double[] left = doubles(row, "left_vectors");
      double[] right = doubles(row, "right_vectors");
      double[] energy = doubles(row, "energy");
      int out = left.length / (samples * rank);
      int in = right.length / (samples * rank);
      for (int n = 0; n < samples; n++) {
        double[] dw = gradients.get(first + n).dw();
        double missing = 0;
        double norm = 0;
        for (int w = 0; w < out * in; w++) {
          double form = 0;
          for (int k = 0; k < rank; k++) {
            form += left[(n * rank + k) * out + w / in] * right[(n * rank + k) * in + w % in];
          }
          missing += (dw[w] - form) * (dw[w] - form);
          norm += dw[w] * dw[w];
        }
        assertThat(missing).as(name).isCloseTo((1 - energy[n]) * norm, within(ROUNDING * norm));
      }
      requireEqual(
          name + " db",
          doubles(row, "db"),
          join(gradients.subList(first, first + samples).stream().map(LayerGradient::db).toList()));
    }
  }

  private static TargetNetwork network(Row member, Row probe) {
    return TargetNetwork.of(
        member.getAs("architecture"), doubles(member, "parameters"), shape(probe));
  }

  private static int[] shape(Row probe) {
    try {
      return new ObjectMapper()
          .convertValue(
              new ObjectMapper().readTree(probe.<String>getAs("preprocessing")).get("shape"),
              int[].class);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void requireEqual(
      String name, double[] stored, double[] rebuilt, double... beside) {
    assertThat(rebuilt).as(name).hasSameSizeAs(stored);
    double largest =
        DoubleStream.concat(Arrays.stream(rebuilt), Arrays.stream(beside))
            .map(Math::abs)
            .max()
            .orElse(0);
    double worst = 0;
    for (int i = 0; i < stored.length; i++) {
      worst = Math.max(worst, Math.abs(stored[i] - rebuilt[i]));
    }
    assertThat(worst / Math.max(largest, 1e-12)).as(name).isLessThan(ROUNDING);
  }

  private static double[] mean(List<double[]> arrays, int power) {
    double[] mean = new double[arrays.get(0).length];
    for (double[] array : arrays) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += Math.pow(array[i], power) / arrays.size();
      }
    }
    return mean;
  }

  private static double[] join(List<double[]> arrays) {
    return arrays.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] rows(double[] flat, int count) {
    double[][] rows = new double[count][];
    int width = flat.length / count;
    for (int n = 0; n < count; n++) {
      rows[n] = Arrays.copyOfRange(flat, n * width, (n + 1) * width);
    }
    return rows;
  }

  private static int largest(double[] f) {
    int best = 0;
    for (int j = 1; j < f.length; j++) {
      best = f[j] > f[best] ? j : best;
    }
    return best;
  }

  private static double[] doubles(Row row, String column) {
    return row.<Float>getList(row.fieldIndex(column)).stream()
        .mapToDouble(Float::doubleValue)
        .toArray();
  }

  private static int[] ints(Row row, String column) {
    return row.<Integer>getList(row.fieldIndex(column)).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The tables of a zoo as any reader of Parquet finds them. */
  private static final class Tables {
    private final Path zoo;
    private final Map<String, Row> members = new HashMap<>();
    private final Map<String, Row> probes = new HashMap<>();
    private final Map<String, Row> moments = new HashMap<>();
    private final Map<String, List<Row>> factors = new HashMap<>();
    private final Map<String, List<Row>> lowRank = new HashMap<>();

    Tables(Path zoo) {
      this.zoo = zoo;
      rows("members").forEach(row -> members.put(row.getAs("member_id"), row));
      rows("probe_sets").forEach(row -> probes.put(row.getAs("probe_set_id"), row));
      rows("layer_moments").forEach(row -> moments.put(key(row), row));
      rows("layer_factors").forEach(row -> put(factors, row));
      if (zoo.resolve("layer_lowrank").toFile().exists()) {
        rows("layer_lowrank").forEach(row -> put(lowRank, row));
      }
    }

    private static void put(Map<String, List<Row>> map, Row row) {
      map.computeIfAbsent(key(row), key -> new ArrayList<>()).add(row);
    }

    private static String key(Row row) {
      return row.getAs("gradient_set_id") + "/" + row.getAs("layer");
    }

    List<Row> rows(String table) {
      return SharedSession.get().read().parquet(zoo.resolve(table).toString()).collectAsList();
    }
  }
}
