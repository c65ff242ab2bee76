package io.gradzoo.jobs.task;

/** The shape of a metanetwork's outputs for a target network. */
public enum OutputShape {
  /** Numbers of the network as a whole, as many as the task asks for. */
  NUMBERS,
  /** One number for every weight and bias. */
  EVERY_PARAMETER,
  /** A change of every weight and bias, which makes it another network. */
  PARAMETER_CHANGES
}
