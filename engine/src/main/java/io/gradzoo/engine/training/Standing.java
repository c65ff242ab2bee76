package io.gradzoo.engine.training;

import java.util.Optional;

/**
 * Where a training stands between two rounds: all that its rest and its result depend on. A
 * training that goes on from here ends as if it had never stopped.
 *
 * @param round that was completed last; 0 before the first
 * @param state after it; its steps are the cursor into every shard's minibatches
 * @param best parameters so far; empty before the first evaluation
 */
public record Standing(int round, TrainingState state, Optional<BestOfRounds.Best> best) {

  /** Before the first round. */
  public static Standing initial(float[] parameters, TrainingSettings settings) {
    return new Standing(0, TrainingState.initial(parameters, settings), Optional.empty());
  }

  /** Whether that was the last round: of all, or since the score rose no more. */
  public boolean isOver(TrainingSettings settings) {
    return round >= settings.rounds() || endsEarly(settings);
  }

  private boolean endsEarly(TrainingSettings settings) {
    if (settings.patience() == 0 || best.isEmpty()) {
      return false;
    }
    int every = settings.evaluateEvery();
    return round / every - best.get().round() / every >= settings.patience();
  }
}
