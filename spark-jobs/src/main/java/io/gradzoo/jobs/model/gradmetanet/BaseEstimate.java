package io.gradzoo.jobs.model.gradmetanet;

/** Where predictions of a Fisher diagonal start from. */
public enum BaseEstimate {
  /** From nothing: the network says the whole number. */
  NONE,
  /** From the mean of the given squared gradients, whose samples it weighs; our own. */
  REWEIGHTED
}
