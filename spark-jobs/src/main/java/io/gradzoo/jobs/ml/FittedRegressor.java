package io.gradzoo.jobs.ml;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A fitted metanetwork that predicts a number of every member.
 *
 * @param <M> the stage
 */
public abstract class FittedRegressor<M extends FittedRegressor<M>> extends FittedStage<M>
    implements PredictionParams<M> {
  private static final long serialVersionUID = 1;
  private static final String ID = "predicted_member";

  FittedRegressor(String uid, ModelFiles files) {
    super(uid, files);
    setPredictionDefaults();
  }

  /**
   * The members with a column of predictions, which are computed at once.
   *
   * @param dataset with the columns of {@code members}
   * @throws io.gradzoo.jobs.GradzooException as {@link
   *     io.gradzoo.jobs.facade.RunSteps#predict(Dataset)}
   */
  @Override
  public final Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> members = dataset.toDF();
    transformSchema(members.schema());
    Dataset<Row> predicted =
        files()
            .unpacked(run -> gradzoo(members.sparkSession(), List.of()).run(run).predict(members));
    String column =
        Arrays.stream(predicted.columns())
            .filter(name -> name.startsWith(PredictionsTable.PREDICTED))
            .findFirst()
            .orElseThrow();
    Dataset<Row> predictions =
        predicted.select(col(MembersTable.MEMBER_ID).as(ID), col(column).as(getPredictionCol()));
    return members
        .join(predictions, members.col(MembersTable.MEMBER_ID).equalTo(predictions.col(ID)), "left")
        .drop(predictions.col(ID));
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    return MemberSchema.with(schema, getPredictionCol());
  }
}
