package io.gradzoo.jobs.task;

/** The shape of a metanetwork's outputs for a target network. */
public enum OutputShape {
  /** One number. */
  ONE_NUMBER,
  /** One number for every weight and bias. */
  EVERY_PARAMETER,
  /** A change of every weight and bias, which makes it another network. */
  PARAMETER_CHANGES
}
