package io.gradzoo.engine.tensor;

import java.util.List;
import java.util.Optional;

/**
 * A {@link Computation} ready to run on its {@link Device}. It takes what the caller wrote from the
 * host's arrays and leaves results there; a device with memory of its own copies them, within these
 * calls and nowhere else. Runs allocate nothing.
 */
public interface Execution {

  /**
   * Computes all outputs for the first models of the inputs. Reads the values of inputs and of
   * parameters, which may have changed since the last pass; writes the values of outputs.
   *
   * @param models at most the computation's capacity
   * @param dropoutSeed chooses the masks of {@link Dropout}
   */
  void forward(int models, long dropoutSeed);

  /**
   * Carries gradients back through the last forward pass. Reads the gradients of outputs; adds to
   * those of parameters and sets the others that are wanted.
   */
  void backward();

  /**
   * Passes with a loss that is computed on the device; empty if it is the host's to compute. Takes
   * memory for as many models as the computation's capacity.
   *
   * @param ofOutputs the loss of each output, whose sum is that of an example
   * @throws io.gradzoo.engine.fault.DeviceMemoryException if there is not so much
   */
  default Optional<TrainingPass> trainingPass(List<NumberLoss> ofOutputs) {
    return Optional.empty();
  }
}
