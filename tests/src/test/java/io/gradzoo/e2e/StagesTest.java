package io.gradzoo.e2e;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.gradzoo.datasets.split.RunSplit;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.ml.FittedStage;
import io.gradzoo.jobs.ml.GradMetaNetModel;
import io.gradzoo.jobs.ml.GradMetaNetRegressor;
import io.gradzoo.jobs.ml.MetanetworkEstimator;
import io.gradzoo.jobs.ml.NetworkEditor;
import io.gradzoo.jobs.ml.NetworkEditorModel;
import io.gradzoo.jobs.ml.RunFolds;
import io.gradzoo.jobs.ml.ScaleGmnModel;
import io.gradzoo.jobs.ml.ScaleGmnRegressor;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every stage of Spark's pipelines promises. */
class StagesTest {
  private static final Workplace PLACE = ReferenceJob.get().place();
  private static final SparkSession SPARK = SharedSession.get();
  private static final String[] SETTINGS = {
    "storage.warehouse=" + PLACE.folder().resolve("warehouse"),
    "models.editor={kind=scalegmn, members=mlp, task=fine_tuning,"
        + " scalegmn { width = 4, layers = 1, direction = bidirectional, head = parameter_deltas },"
        + " fine_tuning { images-per-step = 16 },"
        + " training { shards = 1, rounds = 1, steps-per-round = 1, batch-size = 2, warmup-steps = 1 } }"
  };
  private static final Dataset<Row> MEMBERS =
      Gradzoo.on(SPARK).config(Workplace.config()).set(SETTINGS).zoo().members();

  @TempDir Path folder;

  /** An estimator, how it and what it becomes are read. */
  record Stage(MetanetworkEstimator<?, ?> estimator, MLReader<?> reader, MLReader<?> modelReader) {
    @Override
    public String toString() {
      return estimator.getClass().getSimpleName();
    }
  }

  static List<Stage> stages() {
    return List.of(
        new Stage(scaleGmn(), ScaleGmnRegressor.read(), ScaleGmnModel.read()),
        new Stage(
            configured(new GradMetaNetRegressor()),
            GradMetaNetRegressor.read(),
            GradMetaNetModel.read()),
        new Stage(
            configured(new NetworkEditor()), NetworkEditor.read(), NetworkEditorModel.read()));
  }

  @Test
  void theContractIsThatOfAllStages() {
    Set<String> all =
        new ClassFileImporter()
            .importPackages("io.gradzoo.jobs.ml").stream()
                .filter(type -> type.isAssignableTo(PipelineStage.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));

    assertThat(stages().stream().map(Stage::toString)).hasSize(all.size() / 2).isSubsetOf(all);
    assertThat(all).allMatch(name -> readable(name));
  }

  private static boolean readable(String name) {
    return stages().stream()
        .anyMatch(stage -> name.equals(stage.toString()) || name.equals(modelOf(stage)));
  }

  private static String modelOf(Stage stage) {
    return stage.toString().replace("Regressor", "").replace("Editor", "EditorModel")
        + (stage.toString().endsWith("Regressor") ? "Model" : "");
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aStageIsFittedSavedReadAndUsedAgain(Stage stage) {
    FittedStage<?> fitted = stage.estimator.fit(MEMBERS);
    String path = folder.resolve("stage").toString();

    save(fitted, path);
    FittedStage<?> read = (FittedStage<?>) stage.modelReader.load(path);

    assertThat(fitted.parent()).isSameAs(stage.estimator);
    assertThat(read.uid()).isEqualTo(fitted.uid());
    assertThat(read.explainParams()).isEqualTo(fitted.explainParams());
    Dataset<Row> rows = fitted.transform(MEMBERS);
    assertThat(rows(read.transform(MEMBERS))).isNotEmpty().isEqualTo(rows(rows));
    assertThat(rows.schema().asNullable())
        .isEqualTo(fitted.transformSchema(MEMBERS.schema()).asNullable());
    assertThat(rows(fitted.copy(new ParamMap()).transform(MEMBERS))).isEqualTo(rows(rows));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void paramsAreDocumentedCheckedAndSaved(Stage stage) {
    MetanetworkEstimator<?, ?> estimator = stage.estimator;
    estimator.setSeed(7).setRounds(3);
    String path = folder.resolve("stage").toString();

    save(estimator, path);
    MetanetworkEstimator<?, ?> read = (MetanetworkEstimator<?, ?>) stage.reader.load(path);

    assertThat(read.getSeed()).isEqualTo(7);
    assertThat(read.explainParams()).isEqualTo(estimator.explainParams());
    Set<String> methods =
        Arrays.stream(estimator.getClass().getMethods())
            .map(method -> method.getName().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    for (Param<?> param : estimator.params()) {
      assertThat(estimator.explainParams()).contains(param.name() + ": " + param.doc());
      String name = param.name().toLowerCase(Locale.ROOT);
      assertThat(methods).contains("get" + name, "set" + name);
    }
    assertThatThrownBy(() -> estimator.setRounds(0)).hasMessageContaining("rounds");
    assertThatThrownBy(() -> estimator.setTrainShare(1.5)).hasMessageContaining("trainShare");
    assertThatThrownBy(() -> estimator.setModel("nosuch").fit(MEMBERS))
        .isInstanceOf(GradzooException.class)
        .hasMessageContaining("nosuch");
    assertThatThrownBy(() -> estimator.transformSchema(MEMBERS.drop("run_id").schema()))
        .hasMessageContaining("expected a column run_id STRING, found none");
  }

  @Test
  void aFitHasTheBytesOfTrain() throws IOException {
    ScaleGmnRegressor regressor = scaleGmn().setTrainShare(0.4).setValidationShare(0.3);
    String path = folder.resolve("stage").toString();

    save(regressor.fit(MEMBERS), path);

    assertThat(Files.readAllBytes(Path.of(path, "model/model.safetensors")))
        .isEqualTo(Workplace.bytes(PLACE.run("scalegmn").resolve("model.safetensors")));
  }

  @Test
  void savedStagesAreNeitherReplacedUnaskedNorReadDamaged() throws IOException {
    Path path = folder.resolve("stage");
    ScaleGmnRegressor regressor = scaleGmn();
    save(regressor, path.toString());

    assertThatThrownBy(() -> regressor.write().save(path.toString()))
        .hasMessageContaining("expected nothing, found something");
    regressor.setSeed(9).write().overwrite().save(path.toString());
    assertThat(ScaleGmnRegressor.load(path.toString()).getSeed()).isEqualTo(9);
    assertThatThrownBy(() -> NetworkEditor.load(path.toString()))
        .hasMessageContaining("expected NetworkEditor, found ScaleGmnRegressor");
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside).containsExactly(path);
    }

    Path metadata = path.resolve("metadata/part-00000");
    Files.writeString(metadata, Files.readString(metadata).replace(":9", ":8"));
    Files.deleteIfExists(path.resolve("metadata/.part-00000.crc"));
    assertThatThrownBy(() -> ScaleGmnRegressor.load(path.toString()))
        .hasMessageContaining("expected the file as it was saved");

    Path contents = path.resolve("gradzoo-stage.json");
    Files.writeString(
        contents, Files.readString(contents).replace("\"format\" : 1", "\"format\" : 2"));
    Files.deleteIfExists(path.resolve(".gradzoo-stage.json.crc"));
    assertThatThrownBy(() -> ScaleGmnRegressor.load(path.toString()))
        .hasMessageContaining("expected a stage of version 1, found 2");

    Path own = Files.writeString(Files.createDirectory(folder.resolve("own")).resolve("a"), "a");
    assertThatThrownBy(() -> regressor.write().overwrite().save(own.getParent().toString()))
        .hasMessageContaining("expected a saved stage, which may be replaced");
    assertThat(own).hasContent("a");
  }

  @Test
  void stagesWorkInPipelinesThatAreSavedAndInSearches() throws IOException {
    Pipeline pipeline = new Pipeline();
    Dataset<Row> mlps = MEMBERS.where(col(MembersTable.FAMILY).equalTo("mlp"));
    ScaleGmnRegressor ofMlps =
        scaleGmn().setSettings(SETTINGS[0], SETTINGS[1], "models.scalegmn.members=mlp");
    pipeline.setStages(new PipelineStage[] {configured(new NetworkEditor()), ofMlps});
    PipelineModel fitted = pipeline.fit(mlps);
    fitted.write().save(folder.resolve("pipeline").toString());

    PipelineModel read = PipelineModel.load(folder.resolve("pipeline").toString());

    assertThat(rows(read.transform(mlps))).hasSize(12).isEqualTo(rows(fitted.transform(mlps)));
  }

  @Test
  void aCrossValidationDividesNoRun() {
    Dataset<Row> folds = RunFolds.of(MEMBERS.where(col(MembersTable.FAMILY).equalTo("cnn")), 2);
    ScaleGmnRegressor regressor = scaleGmn().setSeed(dividing(folds));
    CrossValidator search =
        new CrossValidator()
            .setEstimator(regressor)
            .setEvaluator(evaluator())
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(regressor.learningRate(), new double[] {0.001, 0.01})
                    .build())
            .setNumFolds(2)
            .setFoldCol(RunFolds.COLUMN)
            .setParallelism(2);

    CrossValidatorModel found = search.fit(folds);

    assertThat(
            folds.groupBy("run_id").agg(count_distinct(col("fold")).as("n")).where("n > 1").count())
        .isZero();
    assertThat(found.avgMetrics()).hasSize(2).doesNotContain(Double.NaN);
    assertThat(found.transform(folds).columns()).endsWith("fold", "prediction");
  }

  @Test
  void aFitThatFailsLeavesNothingAndTheSessionUsable() throws IOException {
    Set<Path> before = temporary();

    assertThatThrownBy(() -> scaleGmn().fit(MEMBERS.limit(1))).isInstanceOf(GradzooException.class);
    assertThatThrownBy(
            () -> configured(new GradMetaNetRegressor()).setModel("scalegmn").fit(MEMBERS))
        .hasMessageContaining("expected kind = gradmetanet, found kind = scalegmn");

    assertThat(temporary()).isEqualTo(before);
    assertThat(MEMBERS.count()).isEqualTo(24);
  }

  @Test
  void aTrainValidationSplitFindsTheBest() {
    ScaleGmnRegressor regressor = scaleGmn();
    Transformer best =
        new TrainValidationSplit()
            .setEstimator(regressor)
            .setEvaluator(evaluator())
            .setEstimatorParamMaps(
                new ParamGridBuilder().addGrid(regressor.rounds(), new int[] {1}).build())
            .setTrainRatio(0.75)
            .setSeed(1)
            .fit(MEMBERS.where(col(MembersTable.FAMILY).equalTo("cnn")))
            .bestModel();

    assertThat(best).isInstanceOf(ScaleGmnModel.class);
  }

  /** The first seed that puts a run of each fold into either split. */
  private static long dividing(Dataset<Row> folds) {
    List<Row> runs = folds.select("fold", "run_id").distinct().collectAsList();
    return LongStream.range(0, 1000)
        .filter(
            seed ->
                runs.stream()
                        .map(
                            run ->
                                run.getInt(0)
                                    + " "
                                    + (RunSplit.position(seed, run.getString(1)) < 0.5))
                        .distinct()
                        .count()
                    == 4)
        .findFirst()
        .orElseThrow();
  }

  private static Set<Path> temporary() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("gradzoo-stage"))
          .collect(Collectors.toSet());
    }
  }

  private static RegressionEvaluator evaluator() {
    return new RegressionEvaluator().setLabelCol("test_accuracy").setMetricName("mae");
  }

  private static ScaleGmnRegressor scaleGmn() {
    return configured(new ScaleGmnRegressor());
  }

  private static <E extends MetanetworkEstimator<E, ?>> E configured(E estimator) {
    return estimator
        .setConfigFile(Workplace.config().toString())
        .setSettings(SETTINGS)
        .setTrainShare(0.5)
        .setValidationShare(0.5);
  }

  private static void save(MLWritable stage, String path) {
    try {
      stage.write().save(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> rows(Dataset<Row> rows) {
    return rows.orderBy("member_id").toJSON().collectAsList();
  }
}
