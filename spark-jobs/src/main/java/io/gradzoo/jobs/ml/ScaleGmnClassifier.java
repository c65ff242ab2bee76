package io.gradzoo.jobs.ml;

import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.prediction.PredictionColumn;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A ScaleGMN that learns the class of networks from their weights: a block of the config with
 * {@code task = classification}, which says how many classes there are. Labels are those of a
 * column of any numeric type.
 */
public final class ScaleGmnClassifier
    extends MetanetworkEstimator<ScaleGmnClassifier, ScaleGmnClassificationModel>
    implements ClassificationParams<ScaleGmnClassifier> {
  private static final long serialVersionUID = 1;
  private static final String KIND = "scalegmn";

  /** With a name of its own. */
  public ScaleGmnClassifier() {
    this(Identifiable.randomUID("scaleGmnClassifier"));
  }

  /**
   * @param uid tells it from others
   */
  public ScaleGmnClassifier(String uid) {
    super(uid);
    setClassificationDefaults();
    setDefault(model(), "classifier");
  }

  @Override
  void require(ModelConfig chosen) {
    if (!chosen.kind().name().equals(KIND)) {
      throw unfit("kind = " + KIND, "kind = " + chosen.kind().name());
    }
    if (chosen.task().column().form() != PredictionColumn.Form.CLASS) {
      throw unfit("a task that predicts a class", "task = " + chosen.task().name());
    }
  }

  @Override
  Dataset<Row> examples(Dataset<Row> members) {
    return ClassSchema.labelled(members, getLabelCol());
  }

  @Override
  ScaleGmnClassificationModel fitted(ModelFiles files) {
    return new ScaleGmnClassificationModel(uid(), files);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    ClassSchema.requireLabels(schema, getLabelCol());
    return ClassSchema.with(schema, this);
  }

  /** Reads what {@link #write} saved. */
  public static MLReader<ScaleGmnClassifier> read() {
    return StageReader.of(ScaleGmnClassifier.class, ScaleGmnClassifier::new);
  }

  /**
   * Likewise.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else is there, or damaged
   */
  public static ScaleGmnClassifier load(String path) {
    return read().load(path);
  }
}
