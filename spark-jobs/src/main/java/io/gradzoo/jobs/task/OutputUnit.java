package io.gradzoo.jobs.task;

/** The unit of a metanetwork's outputs where targets are standardised. */
public enum OutputUnit {
  /** In deviations from the mean of the training targets. */
  DEVIATIONS,
  /** In the unit of the targets. */
  TARGETS
}
