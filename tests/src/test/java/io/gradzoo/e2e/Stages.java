package io.gradzoo.e2e;

import static org.apache.spark.sql.functions.expr;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.ml.FittedStage;
import io.gradzoo.jobs.ml.MetanetworkEstimator;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** All stages of Spark's pipelines that there are, on the zoo of the reference job. */
final class Stages {
  static final Workplace PLACE = ReferenceJob.get().place();
  static final String[] SETTINGS = {
    "storage.warehouse=" + PLACE.folder().resolve("warehouse"),
    "models.editor={kind=scalegmn, members=mlp, task=fine_tuning,"
        + " scalegmn { width = 4, layers = 1, direction = bidirectional, head = parameter_deltas },"
        + " fine_tuning { images-per-step = 16 },"
        + " training { shards = 1, rounds = 1, steps-per-round = 1, batch-size = 2, warmup-steps = 1 } }",
    "models.classifier={kind=scalegmn, members=mlp, task=classification, classification.classes=2,"
        + " scalegmn { width = 4, layers = 1 },"
        + " training { shards = 1, rounds = 1, steps-per-round = 1, batch-size = 2, warmup-steps = 1 } }"
  };
  static final Dataset<Row> MEMBERS =
      Gradzoo.on(SharedSession.get())
          .config(Workplace.config())
          .set(SETTINGS)
          .zoo()
          .members()
          .withColumn("label", expr("CAST(hyperparameters.optimizer = 'adam' AS INT)"))
          .cache();

  private static final Map<Class<?>, FittedStage<?>> FITTED = new HashMap<>();

  private Stages() {}

  /** One of its own, that is fitted in a moment. */
  static <E extends MetanetworkEstimator<E, ?>> E configured(E estimator) {
    return estimator
        .setConfigFile(Workplace.config().toString())
        .setSettings(SETTINGS)
        .setRounds(1)
        .setTrainShare(0.5)
        .setValidationShare(0.5);
  }

  /** Likewise, of a class. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // of a class, the type of its stage is not known
  static MetanetworkEstimator<?, ?> estimator(Class<?> type) {
    try {
      return configured((MetanetworkEstimator) type.getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " has no constructor without arguments", e);
    }
  }

  /** An estimator of the class, fitted once. */
  static FittedStage<?> fitted(Class<?> type) {
    return FITTED.computeIfAbsent(type, any -> estimator(type).fit(MEMBERS));
  }

  /** Saves and reads a stage. */
  @SuppressWarnings("unchecked") // what is read is of the class
  static <S extends PipelineStage & MLWritable> S savedAndRead(S stage, Path place) {
    save(stage, place);
    return (S) reader(stage.getClass()).load(place.toString());
  }

  static void save(MLWritable stage, Path place) {
    try {
      stage.write().save(place.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Spark finds it. */
  static MLReader<?> reader(Class<?> type) {
    try {
      return (MLReader<?>) type.getMethod("read").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " has no reader", e);
    }
  }

  /** All rows as text, in the order of members. */
  static List<String> rows(Dataset<Row> rows) {
    return rows.orderBy("member_id").toJSON().collectAsList();
  }
}
