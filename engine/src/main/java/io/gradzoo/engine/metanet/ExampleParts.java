package io.gradzoo.engine.metanet;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What a metanetwork reads from one target network, in parts. A part that is not used may be
 * missing.
 */
public final class ExampleParts implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int PARTS = 3;
  private static final int MISSING = -1;
  private static final float[] NONE = {};

  /** Lengths up to it are exact as float32. */
  private static final int LONGEST = 1 << 24;

  private final float[] features;
  private final float[] weights;
  private final float[] rawFeatures;

  private ExampleParts(float[] features, float[] weights, float[] rawFeatures) {
    this.features = features;
    this.weights = weights;
    this.rawFeatures = rawFeatures;
  }

  /** A network's flat parameters. */
  public static ExampleParts ofWeights(float[] weights) {
    return new ExampleParts(null, weights, null);
  }

  /** Features of a network or of its gradient set, as the metanetwork that reads them defines. */
  public static ExampleParts ofFeatures(float[] features) {
    return new ExampleParts(features, null, null);
  }

  /**
   * The parts that stand in a row of numbers, as {@link #numbers} puts them there.
   *
   * @param from where they begin; what follows them counts for nothing
   */
  public static ExampleParts in(float[] row, int from) {
    float[][] parts = new float[PARTS][];
    int at = from;
    for (int part = 0; part < PARTS; part++) {
      int length = (int) row[at++];
      if (length != MISSING) {
        parts[part] = Arrays.copyOfRange(row, at, at += length);
      }
    }
    return new ExampleParts(parts[0], parts[1], parts[2]);
  }

  /** All parts one behind the other, each behind its length. */
  public float[] numbers() {
    float[][] parts = {features, weights, rawFeatures};
    float[] numbers = new float[PARTS + Arrays.stream(parts).mapToInt(ExampleParts::length).sum()];
    int at = 0;
    for (float[] part : parts) {
      numbers[at++] = part == null ? MISSING : part.length;
      System.arraycopy(part == null ? NONE : part, 0, numbers, at, length(part));
      at += length(part);
    }
    return numbers;
  }

  private static int length(float[] part) {
    if (part == null) {
      return 0;
    }
    if (part.length > LONGEST) {
      throw Fault.of("example")
          .expected("at most %d numbers in a part", LONGEST)
          .found(part.length)
          .exception();
    }
    return part.length;
  }

  /** These with flat parameters. */
  public ExampleParts withWeights(float[] flat) {
    return new ExampleParts(features, flat, rawFeatures);
  }

  /** These with other features in place of their own. */
  public ExampleParts withFeatures(float[] others) {
    return new ExampleParts(others, weights, rawFeatures);
  }

  /** These with features that are not standardised, beside those that are. */
  public ExampleParts withRawFeatures(float[] raw) {
    return new ExampleParts(features, weights, raw);
  }

  /**
   * These, all finite: for where data enters, so that no minibatch looks again.
   *
   * @throws IllegalArgumentException naming the first number that is not
   */
  public ExampleParts requireFinite() {
    requireFinite(features, "features");
    requireFinite(weights, "weights");
    requireFinite(rawFeatures, "features");
    return this;
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

  private static void requireFinite(float[] part, String name) {
    for (int i = 0; part != null && i < part.length; i++) {
      if (!Float.isFinite(part[i])) {
        throw Fault.of("example")
            .expected("finite " + name)
            .found("%s at index %d", part[i], i)
            .exception();
      }
    }
  }

  private static float[] required(float[] part, String name) {
    if (part == null) {
      throw Fault.of("example").expected(name).found("none").exception();
    }
    return part;
  }
}
