package io.gradzoo.engine.network;

/**
 * Nonlinearity of a target network's hidden layers. It decides which rescalings of a hidden neuron
 * leave the network's function alone: positive ones for {@link #RELU}, sign flips for the odd
 * functions {@link #TANH} and {@link #SINE} (Kalogeropoulos et al. 2024, §3).
 */
public enum Activation {
  RELU,
  TANH,
  /** {@code sin(w0 · u)}; the frequency {@code w0} belongs to the {@link LayeredArchitecture}. */
  SINE
}
