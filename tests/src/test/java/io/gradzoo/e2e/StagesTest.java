package io.gradzoo.e2e;

import static io.gradzoo.e2e.Stages.MEMBERS;
import static io.gradzoo.e2e.Stages.PLACE;
import static io.gradzoo.e2e.Stages.SETTINGS;
import static io.gradzoo.e2e.Stages.configured;
import static io.gradzoo.e2e.Stages.rows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.split.RunSplit;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.ml.GradMetaNetRegressor;
import io.gradzoo.jobs.ml.NetworkEditor;
import io.gradzoo.jobs.ml.RunFolds;
import io.gradzoo.jobs.ml.ScaleGmnModel;
import io.gradzoo.jobs.ml.ScaleGmnRegressor;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
