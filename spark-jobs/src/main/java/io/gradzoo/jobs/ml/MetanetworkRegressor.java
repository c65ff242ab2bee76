package io.gradzoo.jobs.ml;

import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.prediction.PredictionColumn;
import org.apache.spark.sql.types.StructType;

/**
 * A metanetwork that learns to predict a number of every member.
 *
 * @param <E> the stage
 * @param <M> what it becomes
 */
public abstract class MetanetworkRegressor<
        E extends MetanetworkRegressor<E, M>, M extends FittedRegressor<M>>
    extends MetanetworkEstimator<E, M> implements PredictionParams<E> {
  private static final long serialVersionUID = 1;

  private final String kind;

  MetanetworkRegressor(String uid, String kind) {
    super(uid);
    this.kind = kind;
    setPredictionDefaults();
    setDefault(model(), kind);
  }

  @Override
  final void require(ModelConfig chosen) {
    if (!chosen.kind().name().equals(kind)) {
      throw unfit("kind = " + kind, "kind = " + chosen.kind().name());
    }
    if (chosen.task().edits().isPresent()
        || chosen.task().column().form() != PredictionColumn.Form.NUMBER) {
      throw unfit("a task that predicts a number", "task = " + chosen.task().name());
    }
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    return MemberSchema.with(schema, getPredictionCol());
  }
}
