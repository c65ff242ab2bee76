package io.gradzoo.jobs.config;

/** Members of which activations a model is trained on. */
public enum ActivationSelection {
  ALL,
  RELU,
  TANH,
  SINE
}
