package io.gradzoo.engine.tensor;

import java.util.Optional;

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

  /**
   * How many models to run in one pass. A CPU runs as many as a core's cache holds.
   *
   * @param cached models that it holds
   * @param batch models that there are
   */
  default int modelsOfPass(int cached, int batch) {
    return cached;
  }

  /**
   * Training of parameters that stay on the device; empty if they are the host's alone, as a CPU's
   * are.
   *
   * @param parameters of computations that this device compiled
   */
  default Optional<DeviceTraining> training(Parameters parameters) {
    return Optional.empty();
  }
}
