package io.gradzoo.jobs.ml;

import org.apache.spark.ml.util.MLReader;

/** A fitted {@link ScaleGmnRegressor}. */
public final class ScaleGmnModel extends FittedRegressor<ScaleGmnModel> {
  private static final long serialVersionUID = 1;

  ScaleGmnModel(String uid, ModelFiles files) {
    super(uid, files);
  }

  @Override
  ScaleGmnModel another(String id, ModelFiles same) {
    return new ScaleGmnModel(id, same);
  }

  /** Reads what {@link #write} saved. */
  public static MLReader<ScaleGmnModel> read() {
    return StageReader.fitted(ScaleGmnModel.class, ScaleGmnModel::new);
  }

  /**
   * Likewise.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else is there, or damaged
   */
  public static ScaleGmnModel load(String path) {
    return read().load(path);
  }
}
