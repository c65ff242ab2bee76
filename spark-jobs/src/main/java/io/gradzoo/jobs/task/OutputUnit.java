package io.gradzoo.jobs.task;

/** In which unit a metanetwork says numbers whose targets are standardised. */
public enum OutputUnit {
  /** In deviations from the mean of the training targets. */
  DEVIATIONS,
  /** In the unit of the targets. */
  TARGETS
}
