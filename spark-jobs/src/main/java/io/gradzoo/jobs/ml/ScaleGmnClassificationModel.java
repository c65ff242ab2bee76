package io.gradzoo.jobs.ml;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import java.util.List;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A fitted {@link ScaleGmnClassifier}. */
public final class ScaleGmnClassificationModel extends FittedStage<ScaleGmnClassificationModel>
    implements ClassificationParams<ScaleGmnClassificationModel> {
  private static final long serialVersionUID = 1;
  private static final String ID = "predicted_member";
  private static final String PREDICTED = PredictionsTable.PREDICTED + MembersTable.LABEL;

  ScaleGmnClassificationModel(String uid, ModelFiles files) {
    super(uid, files);
    setClassificationDefaults();
  }

  @Override
  ScaleGmnClassificationModel another(String id, ModelFiles same) {
    return new ScaleGmnClassificationModel(id, same);
  }

  /**
   * The members with the predicted class, the probabilities of all classes and their logarithms,
   * which are computed at once; null for members of which the model can read nothing. Labels are
   * not looked at.
   *
   * @param dataset with the columns of {@code members}
   * @throws io.gradzoo.jobs.GradzooException as {@link
   *     io.gradzoo.jobs.facade.RunSteps#predict(Dataset)}
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> members = dataset.toDF();
    transformSchema(members.schema());
    Dataset<Row> unlabelled = members.drop(MembersTable.LABEL);
    Dataset<Row> predicted =
        files()
            .unpacked(
                run -> gradzoo(members.sparkSession(), List.of()).run(run).predict(unlabelled));
    Column probabilities = col(PredictionsTable.PROBABILITIES).cast("array<double>");
    Dataset<Row> predictions =
        predicted.select(
            col(MembersTable.MEMBER_ID).as(ID),
            array_to_vector(
                    functions.transform(probabilities, ScaleGmnClassificationModel::logarithm))
                .as(getRawPredictionCol()),
            array_to_vector(probabilities).as(getProbabilityCol()),
            col(PREDICTED).cast(DataTypes.DoubleType).as(getPredictionCol()));
    return members
        .join(predictions, members.col(MembersTable.MEMBER_ID).equalTo(predictions.col(ID)), "left")
        .drop(predictions.col(ID));
  }

  /** Of a probability that float32 cannot hold, −∞. */
  private static Column logarithm(Column probability) {
    return when(probability.gt(0), functions.log(probability))
        .otherwise(lit(Double.NEGATIVE_INFINITY));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return ClassSchema.with(schema, this);
  }

  /** Reads what {@link #write} saved. */
  public static MLReader<ScaleGmnClassificationModel> read() {
    return StageReader.fitted(ScaleGmnClassificationModel.class, ScaleGmnClassificationModel::new);
  }

  /**
   * Likewise.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else is there, or damaged
   */
  public static ScaleGmnClassificationModel load(String path) {
    return read().load(path);
  }
}
