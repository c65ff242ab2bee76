package io.gradzoo.jobs.model.scalegmn;

/** The groups of rescalings to choose from. */
public enum SymmetryChoice {
  /** What the activations of the members allow. */
  AUTO,
  /** Positive factors: ReLU members. */
  SCALE,
  /** Factors ±1: tanh and sine members. */
  SIGN,
  /** Each member's own: members of both kinds. */
  HETERO,
  /** None but permutations. */
  PERMUTATION
}
