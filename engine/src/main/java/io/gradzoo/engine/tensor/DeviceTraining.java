package io.gradzoo.engine.tensor;

/**
 * Training steps on a device that keeps parameters, optimiser state and gradients where they are
 * computed. From {@link #begin} to {@link #end} the host's parameters and gradients stay as they
 * were, and no call waits for the device but {@link #end}.
 */
public interface DeviceTraining {

  /**
   * Takes over from the host.
   *
   * @param moments of the optimiser, [moment vectors, parameters]
   * @param largestNorm of a gradient, above which it is clipped
   * @param steps at most
   */
  void begin(float[][] moments, double largestNorm, int steps);

  /**
   * Clips the gradient that the backward sweeps have come to since the last step, updates, and sets
   * it to zero.
   *
   * @param coefficients of the optimiser's formula
   */
  void step(float[] coefficients);

  /**
   * Gives back to the host: writes the parameters and the moments.
   *
   * @param moments output, as {@link #begin} took them
   * @return of every step the sum of the losses that {@link TrainingPass} computed, and the norm of
   *     its gradient before clipping; [steps, 2]
   */
  float[] end(float[][] moments);

  /** Gives up, whatever the steps came to: the host's parameters are those that count. */
  void abandon();
}
