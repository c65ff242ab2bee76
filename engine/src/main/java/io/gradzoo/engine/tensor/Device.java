package io.gradzoo.engine.tensor;

/**
 * What runs tapes. It knows every kind of {@link Operation} and its adjoint; recordings know
 * nothing of it, so one recording runs on any device.
 */
public interface Device {

  /**
   * Prepares a computation to be run as often as wanted: chooses how to run its operations, and
   * gives memory to all numbers that the host does not hold. Called once, when a tape is sealed.
   */
  Execution compile(Computation computation);
}
