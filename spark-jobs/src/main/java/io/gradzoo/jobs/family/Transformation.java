package io.gradzoo.jobs.family;

/** Random transformations of a target network or of its gradient set. */
public enum Transformation {
  /** The neurons of each layer are permuted. */
  PERMUTATION,
  /** The gradients of the set are permuted. */
  SET_ORDER,
  /** Neurons are rescaled in a way that preserves the network's function. */
  RESCALING,
  /** Both permutation and rescaling. */
  PERMUTATION_AND_RESCALING,
  /** Neurons are rescaled in a way that preserves the function only with another activation. */
  FOREIGN_RESCALING,
  /** Phases are shifted by π; sine networks only. */
  PHASE_SHIFT,
  /** The ids of a transformer's tokens are permuted. */
  TOKEN_IDS
}
