package io.gradzoo.jobs.ml;

import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * A ScaleGMN that learns to predict a number of networks, such as their test accuracy, from their
 * weights. Members are rows of {@code members}; the label is the column that the task of its block
 * of the config names.
 */
public final class ScaleGmnRegressor
    extends MetanetworkRegressor<ScaleGmnRegressor, ScaleGmnModel> {
  private static final long serialVersionUID = 1;

  /** With a name of its own. */
  public ScaleGmnRegressor() {
    this(Identifiable.randomUID("scaleGmnRegressor"));
  }

  /**
   * @param uid tells it from others
   */
  public ScaleGmnRegressor(String uid) {
    super(uid, "scalegmn");
  }

  @Override
  ScaleGmnModel fitted(ModelFiles files) {
    return new ScaleGmnModel(uid(), files);
  }

  /** Reads what {@link #write} saved. */
  public static MLReader<ScaleGmnRegressor> read() {
    return StageReader.of(ScaleGmnRegressor.class, ScaleGmnRegressor::new);
  }

  /**
   * Likewise.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else is there, or damaged
   */
  public static ScaleGmnRegressor load(String path) {
    return read().load(path);
  }
}
