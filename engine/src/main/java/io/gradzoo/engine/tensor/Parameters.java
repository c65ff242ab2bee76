package io.gradzoo.engine.tensor;

import java.util.Arrays;

/**
 * Values and gradients of a metanetwork's parameters as two flat vectors. Several may share the
 * values, each with gradients of its own, so that threads can work side by side.
 */
public final class Parameters {
  private final float[] values;
  private final float[] gradients;
  private int version;

  private Parameters(float[] values, float[] gradients) {
    this.values = values;
    this.gradients = gradients;
  }

  /** Parameters over the given values (not copied), with gradients of zero. */
  public static Parameters over(float[] values) {
    return new Parameters(values, new float[values.length]);
  }

  /** The flat vector; after writing to it call {@link #changed}. */
  public float[] values() {
    return values;
  }

  /** The flat gradient, added to by every backward sweep. */
  public float[] gradients() {
    return gradients;
  }

  /** Says that the values were written to. */
  public void changed() {
    version++;
  }

  /** Grows with every {@link #changed}. */
  public int version() {
    return version;
  }

  /** Sets all gradients to zero. */
  public void clearGradients() {
    Arrays.fill(gradients, 0f);
  }
}
