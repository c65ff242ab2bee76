package io.gradzoo.engine.training;

/**
 * Steps of a shard: where gradients are clipped and parameters updated, on the host or on the
 * device that computes them.
 */
interface LocalSteps extends AutoCloseable {

  /**
   * Which steps of a training.
   *
   * @param shard whose they are
   * @param first of them, counted from 0
   */
  record StepRange(int shard, long first, int count) {}

  /** Begins a step, with gradients of zero. */
  void begin();

  /**
   * Clips the gradient and updates the parameters.
   *
   * @param loss summed over the step's examples, as far as the host knows it
   * @param examples of the step
   * @throws DivergenceException if the loss or the gradient is seen not to be finite
   */
  void step(double loss, int examples, double learningRate);

  /**
   * Has the parameters and the optimiser's state on the host.
   *
   * @return the sum of the losses of all steps
   * @throws DivergenceException naming the first step whose loss or gradient was not finite
   */
  double end();

  /** Gives up what {@link #end} did not bring home. */
  @Override
  void close();
}
