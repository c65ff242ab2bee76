package io.gradzoo.jobs.config;

/** Members of which activations a model is trained on. */
public enum ActivationSelection {
  ALL,
  RELU,
  TANH,
  SINE;

  /** Whether members with the activation are read. */
  public boolean includes(Enum<?> activation) {
    return this == ALL || name().equals(activation.name());
  }
}
