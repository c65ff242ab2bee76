package io.gradzoo.jobs.model;

import io.gradzoo.jobs.family.Transformation;

/**
 * What a metanetwork promises of a kind of change.
 *
 * @param transformation of a target network, or of what is read of it
 * @param expectation what it does to the metanetwork's result
 */
public record SymmetryPromise(Transformation transformation, Expectation expectation) {

  /** What a change does to the result. */
  public enum Expectation {
    /** Nothing: the metanetwork respects this symmetry. */
    UNCHANGED,
    /** Something, which shows that a check can fail. */
    CHANGED
  }

  /** That the change leaves the result as it is. */
  public static SymmetryPromise respects(Transformation transformation) {
    return new SymmetryPromise(transformation, Expectation.UNCHANGED);
  }

  /** That the change makes another result. */
  public static SymmetryPromise notices(Transformation transformation) {
    return new SymmetryPromise(transformation, Expectation.CHANGED);
  }
}
