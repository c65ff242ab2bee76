package io.gradzoo.jobs.family;

/** Kinds of changes of a target network, or of what is read of it, each of random elements. */
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
