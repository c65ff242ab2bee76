package io.gradzoo.jobs.config;

/** How a target network is trained, by Keras' names. */
public enum OptimizerKind {
  ADAM,
  SGD,
  RMSPROP
}
