package io.gradzoo.engine.training;

import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.TrainingPass;
import java.util.List;

/**
 * The loss of examples of one architecture for a device to compute: recorded behind a metanetwork's
 * outputs as far as operations reach, and number by number from there.
 */
public interface RecordedLoss {

  /** The metanetwork with what was recorded behind it, whose outputs the loss is made of. */
  Recording recording();

  /** The loss of each output, in order; their sum is that of an example. */
  List<NumberLoss> ofOutputs();

  /** As {@link Objective.ExampleLoss#begin}. */
  default void begin(long draw) {}

  /**
   * Writes what the device needs for the loss of an example, whose parts were loaded before.
   *
   * @param slot of the example in the pass
   * @param batch examples over which losses are averaged
   */
  void load(int slot, Example example, int batch, TrainingPass pass);
}
