package io.gradzoo.jobs.model;

import io.gradzoo.jobs.family.Transformation;

/**
 * How the outputs of a metanetwork respond to a transformation.
 *
 * @param transformation of a target network or of its gradient set
 * @param expectation its effect on the outputs
 */
public record SymmetryPromise(Transformation transformation, Expectation expectation) {

  /** The effect of a transformation on the outputs. */
  public enum Expectation {
    /** None: the metanetwork respects this symmetry. */
    UNCHANGED,
    /** Some, which shows that a check can fail. */
    CHANGED
  }

  /** Outputs are invariant to the transformation. */
  public static SymmetryPromise respects(Transformation transformation) {
    return new SymmetryPromise(transformation, Expectation.UNCHANGED);
  }

  /** Outputs change with the transformation. */
  public static SymmetryPromise notices(Transformation transformation) {
    return new SymmetryPromise(transformation, Expectation.CHANGED);
  }
}
