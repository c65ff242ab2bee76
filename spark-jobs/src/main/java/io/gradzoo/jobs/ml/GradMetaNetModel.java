package io.gradzoo.jobs.ml;

import org.apache.spark.ml.util.MLReader;

/** A fitted {@link GradMetaNetRegressor}. */
public final class GradMetaNetModel extends FittedRegressor<GradMetaNetModel> {
  private static final long serialVersionUID = 1;

  GradMetaNetModel(String uid, ModelFiles files) {
    super(uid, files);
  }

  @Override
  GradMetaNetModel another(String id, ModelFiles same) {
    return new GradMetaNetModel(id, same);
  }

  /** Reads what {@link #write} saved. */
  public static MLReader<GradMetaNetModel> read() {
    return StageReader.fitted(GradMetaNetModel.class, GradMetaNetModel::new);
  }

  /**
   * Likewise.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else is there, or damaged
   */
  public static GradMetaNetModel load(String path) {
    return read().load(path);
  }
}
