package io.gradzoo.jobs.task;

/** What a metanetwork says of a target network. */
public enum OutputShape {
  /** One number. */
  ONE_NUMBER,
  /** One number for every weight and bias. */
  EVERY_PARAMETER
}
