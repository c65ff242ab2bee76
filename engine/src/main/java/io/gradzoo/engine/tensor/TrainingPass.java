package io.gradzoo.engine.tensor;

/**
 * Passes of a computation that trains whose loss is computed where the outputs are: neither outputs
 * nor their gradients come to the host.
 */
public interface TrainingPass {

  /**
   * What the caller writes before a pass: the targets of each model, as many as there are numbers
   * of the outputs that are compared with targets, in their order; [capacity, numbers].
   */
  float[] targets();

  /**
   * Likewise what a model's errors are multiplied by, then what their slopes are; [capacity, 2].
   */
  float[] shares();

  /**
   * Computes the outputs of the first models and their loss, which is added to the step's, and
   * carries the gradients back. Runs only between {@link DeviceTraining#begin} and {@link
   * DeviceTraining#end}.
   */
  void run(int models, long dropoutSeed);
}
