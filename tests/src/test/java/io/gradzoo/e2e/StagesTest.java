package io.gradzoo.e2e;

import static io.gradzoo.e2e.Stages.MEMBERS;
import static io.gradzoo.e2e.Stages.PLACE;
import static io.gradzoo.e2e.Stages.SETTINGS;
import static io.gradzoo.e2e.Stages.configured;
import static io.gradzoo.e2e.Stages.rows;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.datasets.split.RunSplit;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.ml.GradMetaNetRegressor;
import io.gradzoo.jobs.ml.NetworkEditor;
import io.gradzoo.jobs.ml.RunFolds;
import io.gradzoo.jobs.ml.ScaleGmnClassifier;
import io.gradzoo.jobs.ml.ScaleGmnModel;
import io.gradzoo.jobs.ml.ScaleGmnRegressor;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What metanetworks do as stages of Spark's pipelines, alone and with others. */
class StagesTest {
  private static final Dataset<Row> CNNS = MEMBERS.where(col(MembersTable.FAMILY).equalTo("cnn"));

  @TempDir Path folder;

  @Test
  void aFitHasTheBytesOfTrainAndIsARunThatCommandsRead() {
    ScaleGmnRegressor regressor = scaleGmn().setTrainShare(0.4).setValidationShare(0.3);
    regressor.clear(regressor.rounds());
    Path place = folder.resolve("stage");

    ScaleGmnModel fitted = regressor.fit(MEMBERS);
    Stages.save(fitted, place);

    assertThat(Workplace.bytes(place.resolve("model.safetensors")))
        .isEqualTo(Workplace.bytes(PLACE.run("scalegmn").resolve("model.safetensors")));
    assertThat(
            rows(
                Gradzoo.on(SharedSession.get())
                    .config(Workplace.config())
                    .set(SETTINGS)
                    .run(place)
                    .predict(MEMBERS)
                    .select("member_id", "predicted_test_accuracy")))
        .isEqualTo(
            rows(
                fitted
                    .setPredictionCol("predicted_test_accuracy")
                    .transform(CNNS)
                    .select("member_id", "predicted_test_accuracy")));
  }

  @Test
  void anotherBlockThanOfItsKindIsRefused() {
    assertThatThrownBy(
            () -> configured(new GradMetaNetRegressor()).setModel("scalegmn").fit(MEMBERS))
        .hasMessageContaining("expected kind = gradmetanet, found kind = scalegmn");
    assertThatThrownBy(() -> configured(new NetworkEditor()).setModel("scalegmn").fit(MEMBERS))
        .hasMessageContaining("expected a task that changes networks, found task = accuracy");
  }

  @Test
  void secretsAreNotSaved() {
    ScaleGmnRegressor regressor = scaleGmn().setSettings("storage.catalog.jdbc.password=secret");

    assertThatThrownBy(() -> Stages.save(regressor, folder.resolve("stage")))
        .hasMessageContaining("expected nothing secret, found storage.catalog.jdbc.password")
        .hasMessageNotContaining("=secret");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPipelineChangesNetworksAndPredictsTheChangedOnes() {
    Dataset<Row> mlps = MEMBERS.where(col(MembersTable.FAMILY).equalTo("mlp"));
    ScaleGmnRegressor ofMlps =
        scaleGmn().setSettings(SETTINGS[0], SETTINGS[1], "models.scalegmn.members=mlp");
    PipelineModel fitted =
        new Pipeline()
            .setStages(new PipelineStage[] {configured(new NetworkEditor()), ofMlps})
            .fit(mlps);

    Dataset<Row> predicted = fitted.transform(mlps).where("prediction IS NOT NULL");

    assertThat(predicted.count()).isEqualTo(12);
    assertThat(predicted.join(mlps, "parameters_sha256").count()).isZero();
  }

  @Test
  void aCrossValidationDividesNoRun() {
    Dataset<Row> folds = RunFolds.of(CNNS, 2);
    ScaleGmnRegressor regressor = scaleGmn().setSeed(dividing(folds));
    CrossValidator search =
        new CrossValidator()
            .setEstimator(regressor)
            .setEvaluator(evaluator())
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(regressor.learningRate(), new double[] {0.01})
                    .build())
            .setNumFolds(2)
            .setFoldCol(RunFolds.COLUMN)
            .setParallelism(2);

    CrossValidatorModel found = search.fit(folds);

    assertThat(
            folds.groupBy("run_id").agg(count_distinct(col("fold")).as("n")).where("n > 1").count())
        .isZero();
    assertThat(found.avgMetrics()).hasSize(1).doesNotContain(Double.NaN);
  }

  @Test
  void aClassifierLearnsTheLabelsOfAnIndexer() {
    Dataset<Row> mlps = mlpsByActivation();
    PipelineModel fitted = indexedClassifier(configured(new ScaleGmnClassifier())).fit(mlps);

    Dataset<Row> predicted = fitted.transform(mlps).cache();

    assertThat(logLoss().evaluate(predicted)).isPositive().isFinite();
    for (Row row : predicted.select("prediction", "probability", "rawPrediction").collectAsList()) {
      Vector probability = row.getAs(1);
      Vector raw = row.getAs(2);
      assertThat(probability.size()).isEqualTo(2);
      assertThat(probability.apply(0) + probability.apply(1)).isCloseTo(1, within(1e-6));
      assertThat(row.getDouble(0)).isEqualTo(probability.argmax());
      assertThat(raw.apply(1)).isCloseTo(Math.log(probability.apply(1)), within(1e-12));
    }
  }

  @Test
  @Tag("slow")
  void aPipelineWithAClassifierIsCrossValidated() {
    Dataset<Row> folds = RunFolds.of(mlpsByActivation(), 2);
    ScaleGmnClassifier classifier = configured(new ScaleGmnClassifier()).setSeed(dividing(folds));
    CrossValidatorModel found =
        new CrossValidator()
            .setEstimator(indexedClassifier(classifier))
            .setEvaluator(logLoss())
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(classifier.learningRate(), new double[] {0.01})
                    .build())
            .setNumFolds(2)
            .setFoldCol(RunFolds.COLUMN)
            .fit(folds);

    assertThat(found.avgMetrics()).hasSize(1);
    assertThat(found.avgMetrics()[0]).isPositive().isFinite();
  }

  private static Dataset<Row> mlpsByActivation() {
    return MEMBERS
        .where(col(MembersTable.FAMILY).equalTo("mlp"))
        .drop("label")
        .withColumn("activation", col("hyperparameters.activation"));
  }

  private static Pipeline indexedClassifier(ScaleGmnClassifier classifier) {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new StringIndexer().setInputCol("activation").setOutputCol("kind"),
              classifier.setLabelCol("kind")
            });
  }

  private static MulticlassClassificationEvaluator logLoss() {
    return new MulticlassClassificationEvaluator().setLabelCol("kind").setMetricName("logLoss");
  }

  @Test
  void labelsThatAreNoClassesAreRefusedAndUnlabelledMembersPredicted() {
    ScaleGmnClassifier classifier = configured(new ScaleGmnClassifier());

    assertThatThrownBy(() -> classifier.fit(MEMBERS.withColumn("label", lit(0.5))))
        .hasMessageContaining("expected a whole number in label, found 0.5");
    assertThatThrownBy(() -> classifier.fit(MEMBERS.withColumn("label", lit("cat"))))
        .hasMessageContaining("expected a column of numbers, found \"label\", STRING");
    assertThatThrownBy(() -> classifier.fit(MEMBERS.withColumn("label", lit(2))))
        .isInstanceOf(GradzooException.class)
        .hasMessageContaining("read examples: zoo tiny: member r")
        .hasMessageContaining("expected a label from 0 to 1, found 2");
    assertThatThrownBy(() -> classifier.fit(MEMBERS.withColumn("label", lit(null).cast("int"))))
        .hasMessageContaining("expected a label from 0 to 1, found no label");

    Dataset<Row> predicted =
        Stages.fitted(ScaleGmnClassifier.class).transform(MEMBERS.drop("label"));
    assertThat(predicted.where("prediction IN (0, 1)").count()).isEqualTo(12);
    assertThat(predicted.where("prediction IS NULL AND probability IS NULL").count()).isEqualTo(12);
  }

  @Test
  void neitherPermutationsNorRescalingsOfNeuronsChangeProbabilities() {
    Gradzoo.functions(SharedSession.get());
    Dataset<Row> mlps =
        MEMBERS
            .where(col(MembersTable.FAMILY).equalTo("mlp"))
            .select(
                Stream.of(MembersTable.SCHEMA.columns().fieldNames())
                    .map(functions::col)
                    .toArray(Column[]::new));
    List<Row> before = probabilities(mlps);
    SplittableRandom random = new SplittableRandom(11);
    for (int element = 0; element < 2; element++) {
      Dataset<Row> moved = moved(mlps, random);
      List<Row> after = probabilities(moved);

      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i).getDouble(1)).isCloseTo(before.get(i).getDouble(1), within(1e-5));
      }
      assertThat(moved.join(mlps, MembersTable.PARAMETERS_SHA256).count()).isZero();
    }
  }

  /** The members with their eight hidden neurons in another order and rescaled. */
  private static Dataset<Row> moved(Dataset<Row> mlps, SplittableRandom random) {
    List<Integer> order = IntStream.range(0, 8).boxed().collect(toCollection(ArrayList::new));
    Collections.shuffle(order, new Random(random.nextLong()));
    String scales = random.doubles(8, 0.1, 10).mapToObj(Double::toString).collect(joining(", "));
    String signs =
        random.ints(8, 0, 2).mapToObj(sign -> sign == 0 ? "-1D" : "1D").collect(joining(", "));
    List<Row> rows =
        mlps
            .withColumn(
                MembersTable.PARAMETERS,
                expr(
                    "gradzoo_permute(architecture, parameters, array(array(%s)))"
                        .formatted(order.stream().map(String::valueOf).collect(joining(", ")))))
            .withColumn(
                MembersTable.PARAMETERS,
                expr(
                    ("gradzoo_rescale(architecture, parameters, IF(architecture LIKE 'relu%%',"
                            + " array(array(%s)), array(array(%s))))")
                        .formatted(scales, signs)))
            .collectAsList()
            .stream()
            .map(MemberRow::of)
            .map(
                row ->
                    MemberRow.healthy(
                            row.memberId(),
                            row.epoch(),
                            row.run(),
                            row.weights().parameters(),
                            row.scores(),
                            row.origin())
                        .toRow())
            .toList();
    return SharedSession.get().createDataFrame(rows, MembersTable.SCHEMA.columns());
  }

  private static List<Row> probabilities(Dataset<Row> members) {
    return Stages.fitted(ScaleGmnClassifier.class)
        .transform(members)
        .orderBy(MembersTable.MEMBER_ID)
        .select(
            col(MembersTable.MEMBER_ID),
            element_at(vector_to_array(col("probability"), "float64"), 1))
        .collectAsList();
  }

  @Test
  @Tag("slow")
  void aTrainValidationSplitOfOneCheckpointOfEachRunFindsTheBest() {
    ScaleGmnRegressor regressor = scaleGmn();
    Transformer best =
        new TrainValidationSplit()
            .setEstimator(regressor)
            .setEvaluator(evaluator())
            .setEstimatorParamMaps(
                new ParamGridBuilder().addGrid(regressor.rounds(), new int[] {1}).build())
            .setTrainRatio(0.75)
            .setSeed(1)
            .fit(CNNS.where(col(MembersTable.EPOCH).equalTo(2)))
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

  private static RegressionEvaluator evaluator() {
    return new RegressionEvaluator().setLabelCol("test_accuracy").setMetricName("mae");
  }

  private static ScaleGmnRegressor scaleGmn() {
    return configured(new ScaleGmnRegressor());
  }
}
