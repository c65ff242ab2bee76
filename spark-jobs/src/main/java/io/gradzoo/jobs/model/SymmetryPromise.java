package io.gradzoo.jobs.model;

/**
 * What a metanetwork promises of a kind of change.
 *
 * @param transformation of a target network, or of what is read of it
 * @param expectation what it does to the metanetwork's result
 */
public record SymmetryPromise(Transformation transformation, Expectation expectation) {

  /** Kinds of changes, each of random elements. */
  public enum Transformation {
    /** Another order of the neurons of each layer. */
    PERMUTATION,
    /** The gradients of the set in another order. */
    SET_ORDER,
    /** Factors of neurons that leave the network's function alone. */
    RESCALING,
    /** Both permutation and rescaling. */
    PERMUTATION_AND_RESCALING,
    /** Factors of neurons that would leave networks of another activation alone. */
    FOREIGN_RESCALING,
    /** Half turns of phases; of sine networks alone. */
    PHASE_SHIFT,
    /** Other ids for the tokens that a transformer knows. */
    TOKEN_IDS
  }

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
