package io.gradzoo.jobs.ml;

import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * A GradMetaNet that learns to predict a number of networks from their gradient sets. These are
 * read from the config's zoo, of which the rows must be members.
 */
public final class GradMetaNetRegressor
    extends MetanetworkRegressor<GradMetaNetRegressor, GradMetaNetModel> {
  private static final long serialVersionUID = 1;

  /** With a name of its own. */
  public GradMetaNetRegressor() {
    this(Identifiable.randomUID("gradMetaNetRegressor"));
  }

  /**
   * @param uid tells it from others
   */
  public GradMetaNetRegressor(String uid) {
    super(uid, "gradmetanet");
  }

  @Override
  GradMetaNetModel fitted(ModelFiles files) {
    return new GradMetaNetModel(uid(), files);
  }

  /** Reads what {@link #write} saved. */
  public static MLReader<GradMetaNetRegressor> read() {
    return StageReader.of(GradMetaNetRegressor.class, GradMetaNetRegressor::new);
  }

  /**
   * Likewise.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else is there, or damaged
   */
  public static GradMetaNetRegressor load(String path) {
    return read().load(path);
  }
}
