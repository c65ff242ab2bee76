package io.gradzoo.engine.network;

import java.util.List;

/**
 * Result of training one target network.
 *
 * @param checkpoints those reached, in order of their epochs
 * @param outcome how it ended
 */
public record TrainingRun(List<Checkpoint> checkpoints, Outcome outcome) {
  public TrainingRun {
    checkpoints = List.copyOf(checkpoints);
  }

  /** How a training run ended. */
  public sealed interface Outcome {

    /** All epochs were run. */
    record Ok() implements Outcome {}

    /**
     * Numbers ceased to be finite, and training stopped there.
     *
     * @param epoch the epoch, from 1; that of the checkpoint if the evaluation found it
     * @param step steps of that epoch done, the failing one included
     * @param reason what was not finite, in words
     */
    record Diverged(int epoch, int step, String reason) implements Outcome {
      /** One line: reason, epoch and step. */
      @Override
      public String toString() {
        return "diverged: " + reason + " at epoch " + epoch + ", step " + step;
      }
    }
  }
}
