package io.gradzoo.engine.gradient;

/**
 * What stands for the two entries of a neuron feature pair (a, g) that the factors do not have: the
 * signal of an input and the activation of an output. The choice is the reader's; every one is
 * equivariant.
 */
public enum Boundary {
  /** Inputs (x, x), outputs (g, g). */
  DUPLICATE,
  /** Inputs (x, ∂ loss / ∂x), outputs (f(x), g). */
  FULL,
  /** Inputs (x, 0), outputs (0, g). */
  ZERO
}
