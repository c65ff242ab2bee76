package io.gradzoo.jobs.ml;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;

/**
 * A metanetwork that was fitted.
 *
 * @param <M> the stage
 */
public abstract class FittedStage<M extends FittedStage<M>> extends Model<M>
    implements StageParams<M>, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final transient ModelFiles files;

  FittedStage(String uid, ModelFiles files) {
    this.uid = uid;
    this.files = files;
    setStageDefaults();
  }

  /** Another of this class. */
  abstract M another(String id, ModelFiles same);

  @Override
  public final String uid() {
    return uid;
  }

  final ModelFiles files() {
    return files;
  }

  @Override
  public final M copy(ParamMap extra) {
    M copy = another(uid, files);
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  @Override
  public final MLWriter write() {
    return new StageWriter<>(this, files);
  }
}
