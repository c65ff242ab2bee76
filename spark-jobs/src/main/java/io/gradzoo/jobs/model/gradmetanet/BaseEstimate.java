package io.gradzoo.jobs.model.gradmetanet;

/** The estimate that predictions of a Fisher diagonal are relative to. */
public enum BaseEstimate {
  /** From nothing: the network says the whole number. */
  NONE,
  /** From the mean of the given squared gradients, whose samples it weighs; our own. */
  REWEIGHTED
}
