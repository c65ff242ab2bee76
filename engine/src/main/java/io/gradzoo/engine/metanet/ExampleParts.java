package io.gradzoo.engine.metanet;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;

/**
 * What a metanetwork reads of one target network, in parts. A part that nobody reads may be
 * missing; those that are there are finite, which is seen here, once, and not in every minibatch.
 */
public final class ExampleParts implements Serializable {
  private static final long serialVersionUID = 1;

  private final float[] features;
  private final float[] weights;
  private final float[] rawFeatures;

  private ExampleParts(float[] features, float[] weights, float[] rawFeatures) {
    this.features = features;
    this.weights = weights;
    this.rawFeatures = rawFeatures;
  }

  /**
   * A network's flat parameters.
   *
   * @throws IllegalArgumentException naming the first that is not finite; so do all that follow
   */
  public static ExampleParts ofWeights(float[] weights) {
    return new ExampleParts(null, finite(weights, "weights"), null);
  }

  /** Features of a network or of its gradient set, as the metanetwork that reads them defines. */
  public static ExampleParts ofFeatures(float[] features) {
    return new ExampleParts(finite(features, "features"), null, null);
  }

  /** These with flat parameters. */
  public ExampleParts withWeights(float[] flat) {
    return new ExampleParts(features, finite(flat, "weights"), rawFeatures);
  }

  /** These with other features in place of their own. */
  public ExampleParts withFeatures(float[] others) {
    return new ExampleParts(finite(others, "features"), weights, rawFeatures);
  }

  /** These with features that are not standardised, beside those that are. */
  public ExampleParts withRawFeatures(float[] raw) {
    return new ExampleParts(features, weights, finite(raw, "features"));
  }

  /**
   * The features.
   *
   * @throws IllegalArgumentException if they are missing
   */
  public float[] features() {
    return required(features, "features");
  }

  /**
   * The flat parameters.
   *
   * @throws IllegalArgumentException if they are missing
   */
  public float[] weights() {
    return required(weights, "weights");
  }

  /**
   * The features that are not standardised.
   *
   * @throws IllegalArgumentException if they are missing
   */
  public float[] rawFeatures() {
    return required(rawFeatures, "features that are not standardised");
  }

  private static float[] finite(float[] part, String name) {
    for (int i = 0; i < part.length; i++) {
      if (!Float.isFinite(part[i])) {
        throw Fault.of("example")
            .expected("finite " + name)
            .found("%s at index %d", part[i], i)
            .exception();
      }
    }
    return part;
  }

  private static float[] required(float[] part, String name) {
    if (part == null) {
      throw Fault.of("example").expected(name).found("none").exception();
    }
    return part;
  }
}
