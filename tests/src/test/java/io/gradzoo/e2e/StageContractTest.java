package io.gradzoo.e2e;

import static io.gradzoo.e2e.Stages.MEMBERS;
import static io.gradzoo.e2e.Stages.estimator;
import static io.gradzoo.e2e.Stages.fitted;
import static io.gradzoo.e2e.Stages.rows;
import static io.gradzoo.e2e.Stages.savedAndRead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.ml.FittedStage;
import io.gradzoo.jobs.ml.MetanetworkEstimator;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every stage of Spark's pipelines promises, of all that stand on the class path. */
class StageContractTest {
  private static final String METADATA = "metadata";
  private static final Map<Class<?>, Object> NOTHING =
      Map.of(Double.class, Double.NaN, Integer.class, 0, Long.class, -1L, String.class, " ");

  @TempDir Path folder;

  static List<Class<?>> estimators() {
    return StageClasses.estimators();
  }

  @Test
  void everyModelIsWhatAnEstimatorBecomes() {
    assertThat(estimators()).hasSizeGreaterThan(2);
    assertThat(StageClasses.models()).hasSameSizeAs(estimators());
    for (Class<?> type : estimators()) {
      assertThat(fitted(type)).isExactlyInstanceOf(StageClasses.modelOf(type));
    }
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void paramsAreDocumentedAndHaveAccessors(Class<?> type) {
    for (Params stage : List.of(estimator(type), fitted(type))) {
      Set<String> methods =
          Arrays.stream(stage.getClass().getMethods())
              .map(method -> method.getName().toLowerCase(Locale.ROOT))
              .collect(Collectors.toSet());
      for (Param<?> param : stage.params()) {
        assertThat(param.doc()).hasSizeGreaterThan(20);
        assertThat(stage.explainParams()).contains(param.name() + ": " + param.doc());
        String name = param.name().toLowerCase(Locale.ROOT);
        assertThat(methods).contains("get" + name, "set" + name);
      }
      assertThat(stage.explainParams())
          .contains("current: " + Workplace.config(), "default: digits")
          .doesNotContain("@");
    }
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void valuesThatNothingCanBeDoneWithAreRefused(Class<?> type) {
    MetanetworkEstimator<?, ?> stage = estimator(type);
    stage.setSeed(7).setLearningRate(0.25);
    for (Param<?> param : stage.params()) {
      if (!param.name().equals("settings")) {
        assertThatThrownBy(() -> refuse(stage, param))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(param.name());
      }
    }
    assertThatThrownBy(() -> stage.setModel("nosuch").fit(MEMBERS))
        .isInstanceOf(GradzooException.class)
        .hasMessageContaining("nosuch");
    assertThatThrownBy(() -> stage.transformSchema(MEMBERS.drop("run_id").schema()))
        .hasMessageContaining("expected a column run_id STRING, found none");
    assertThatThrownBy(() -> fitted(type).transform(MEMBERS.drop("parameters")))
        .hasMessageContaining("expected a column parameters ARRAY<FLOAT>, found none");
  }

  @SuppressWarnings("unchecked") // any value, to be refused
  private static <T> void refuse(Params stage, Param<T> param) {
    Object value = stage.getOrDefault(param);
    stage.set(param, (T) NOTHING.get(value.getClass()));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void anEstimatorIsSavedAndCopiedWithItsParams(Class<?> type) {
    MetanetworkEstimator<?, ?> stage = estimator(type);
    stage.setSeed(7).setLearningRate(0.25);

    MetanetworkEstimator<?, ?> read = savedAndRead(stage, folder.resolve("stage"));
    MetanetworkEstimator<?, ?> copy = stage.copy(new ParamMap().put(stage.rounds().w(4)));

    assertThat(read.uid()).isEqualTo(stage.uid()).isEqualTo(copy.uid());
    assertThat(read.explainParams()).isEqualTo(stage.explainParams());
    assertThat(List.of(copy.getRounds(), stage.getRounds())).containsExactly(4, 1);
    assertThat(copy.getSeed()).isEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void aFittedStageIsSavedCopiedAndPipedAsItIs(Class<?> type) throws IOException {
    FittedStage<?> stage = fitted(type);
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {estimator(type)});
    PipelineModel piped =
        new PipelineModel("piped", new Transformer[] {stage.copy(new ParamMap())});

    FittedStage<?> read = savedAndRead(stage, folder.resolve("stage"));
    Dataset<Row> rows = stage.transform(MEMBERS);

    assertThat(read.uid()).isEqualTo(stage.uid());
    assertThat(stage.parent().uid()).isEqualTo(stage.uid());
    assertThat(read.explainParams()).isEqualTo(stage.explainParams());
    assertThat(rows.schema().asNullable())
        .isEqualTo(stage.transformSchema(MEMBERS.schema()).asNullable());
    assertThat(rows(savedAndRead(piped, folder.resolve("piped")).transform(MEMBERS)))
        .isNotEmpty()
        .isEqualTo(rows(rows));
    assertThat(savedAndRead(pipeline, folder.resolve("pipeline")).getStages()[0])
        .hasSameClassAs(pipeline.getStages()[0]);
    assertThat(names(folder.resolve("stage"))).contains("model.safetensors", METADATA);
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void whatWasSavedIsNeitherReplacedUnaskedNorReadIfItWasChanged(Class<?> type) throws IOException {
    FittedStage<?> stage = fitted(type);
    Path place = folder.resolve("stage");
    Stages.save(stage, place);

    assertThatThrownBy(() -> Stages.save(estimator(type), place))
        .hasMessageContaining("expected nothing, found something");
    Stages.reader(stage.getClass()).load(place.toString());
    estimator(type).write().overwrite().save(place.toString());
    assertThatThrownBy(() -> Stages.reader(stage.getClass()).load(place.toString()))
        .hasMessageContaining("found " + type.getSimpleName());
    stage.write().overwrite().save(place.toString());
    assertThat(names(folder)).containsExactly("stage");

    for (String name : List.of(METADATA, "model.safetensors", "config.json")) {
      byte[] saved = Files.readAllBytes(place.resolve(name));
      byte[] changed = saved.clone();
      changed[changed.length / 2] ^= 1;
      Files.write(place.resolve(name), changed);
      assertRefused(stage, place, name + ": expected the file as it was saved, of SHA-256 ");
      assertThatThrownBy(() -> stage.write().overwrite().save(place.toString()))
          .isInstanceOf(GradzooException.class)
          .hasMessageContaining("found one that was changed since");
      Files.write(place.resolve(name), saved);
    }
    Path own = Files.writeString(place.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> stage.write().overwrite().save(place.toString()))
        .hasMessageContaining("found one that it did not write");
    assertThat(own).hasContent("mine");
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void aStageOfAnotherVersionIsRefused(Class<?> type) throws IOException {
    FittedStage<?> stage = fitted(type);
    Path place = folder.resolve("stage");
    Stages.save(stage, place);

    resave(place, "gradzoo-stage-1", "gradzoo-stage-2");
    assertRefused(stage, place, "expected format gradzoo-stage-1, found gradzoo-stage-2");
    resave(place, "gradzoo-stage-2", "gradzoo-stage-1");
    resave(place, "\"settings\"", "\"newParam\"");
    assertRefused(stage, place, "expected params of " + stage.getClass().getSimpleName());
    Files.delete(place.resolve(METADATA));
    assertRefused(stage, place, "metadata: expected a file, found none");
    assertRefused(stage, folder, "expected a saved stage with a file metadata, found none");
  }

  /** Changes the metadata as another version would have written them. */
  private static void resave(Path place, String text, String by) throws IOException {
    Path metadata = place.resolve(METADATA);
    Path marker = place.resolve("_gradzoo.json");
    byte[] before = Files.readAllBytes(metadata);
    String changed = new String(before, StandardCharsets.UTF_8).replace(text, by);
    assertThat(changed).contains(by);
    Files.writeString(metadata, changed);
    Files.writeString(
        marker,
        Files.readString(marker)
            .replace(
                Workplace.sha256(before),
                Workplace.sha256(changed.getBytes(StandardCharsets.UTF_8))));
  }

  private static void assertRefused(FittedStage<?> stage, Path place, String why) {
    GradzooException refused =
        catchThrowableOfType(
            GradzooException.class, () -> Stages.reader(stage.getClass()).load(place.toString()));
    assertThat(refused).hasMessageContaining(why);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.DATA);
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void aFitThatFailsOrIsCancelledLeavesNothingAndTheSessionUsable(Class<?> type)
      throws IOException {
    List<String> before = temporary();

    assertThatThrownBy(() -> estimator(type).fit(MEMBERS.limit(1)))
        .isInstanceOf(GradzooException.class);
    assertThat(cancelled(type).exitCode()).isEqualTo(ExitCode.CLUSTER);

    assertThat(temporary()).isEqualTo(before);
    assertThat(MEMBERS.count()).isEqualTo(24);
  }

  /** What a fit says of which every job is cancelled when it starts. */
  private static GradzooException cancelled(Class<?> type) {
    SparkContext spark = SharedSession.get().sparkContext();
    SparkListener canceller =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            if ("fit".equals(job.properties().getProperty("spark.jobGroup.id"))) {
              spark.cancelJobGroup("fit");
            }
          }
        };
    spark.addSparkListener(canceller);
    spark.setJobGroup("fit", "of a stage", false);
    try {
      return catchThrowableOfType(
          GradzooException.class, () -> estimator(type).setRounds(1000).fit(MEMBERS));
    } finally {
      spark.clearJobGroup();
      spark.removeSparkListener(canceller);
    }
  }

  private static List<String> temporary() throws IOException {
    return names(Path.of(System.getProperty("java.io.tmpdir"))).stream()
        .filter(name -> name.startsWith("gradzoo-stage"))
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
