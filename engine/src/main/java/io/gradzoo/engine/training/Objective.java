package io.gradzoo.engine.training;

import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.Tape;
import java.io.Serializable;
import java.util.Optional;

/**
 * How far off the outputs of a metanetwork are: a loss of all outputs of an example together, and
 * its derivative by each. {@link ElementwiseObjective} compares number by number; others may run a
 * target network on the outputs.
 */
@FunctionalInterface
public interface Objective extends Serializable {

  /**
   * The loss of examples of one architecture, for one thread, with the memory that it needs: its
   * methods allocate nothing that grows with the steps of a training.
   */
  ExampleLoss loss(Architecture architecture);

  /**
   * The same loss for a device to compute; empty if it is the host's to compute.
   *
   * @param tape that the metanetwork is recorded on, not yet sealed
   * @param metanetwork whose outputs the loss is of
   */
  default Optional<RecordedLoss> recorded(
      Tape tape, Recording metanetwork, Architecture architecture) {
    return Optional.empty();
  }

  /** The loss of examples of one architecture. */
  interface ExampleLoss {
    /**
     * Tells of the minibatch whose examples come next. What a loss draws at random is a function of
     * this number alone.
     *
     * @param draw another one for every step of every shard
     */
    default void begin(long draw) {}

    /**
     * Writes the derivative of {@code loss / batch} by every output into {@link Outputs#gradients}.
     *
     * @param batch examples over which losses are averaged
     * @return the loss of the example
     */
    double differentiate(Outputs outputs, Example example, int batch);

    /** The loss of an example by which parameters are evaluated; nothing is written. */
    double evaluate(Outputs outputs, Example example);
  }
}
