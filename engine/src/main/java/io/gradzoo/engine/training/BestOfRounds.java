package io.gradzoo.engine.training;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Training in rounds that keeps the best parameters. They are evaluated on the validation examples
 * after every {@code evaluateEvery}-th round and after the last; those of the highest score are
 * kept, and of equals the earlier, which took fewer rounds. Untrained parameters are no candidate.
 *
 * @param <V> what is known of parameters once they were evaluated
 * @param settings rounds, steps and how often to evaluate
 * @param rounds what a round comes to
 * @param validation evaluates parameters
 * @param score by which evaluated parameters are compared; not finite if predictions are not
 */
public record BestOfRounds<V>(
    TrainingSettings settings,
    Rounds rounds,
    Function<float[], V> validation,
    ToDoubleFunction<V> score) {

  /** Runs one round: in this thread ({@link LocalRounds}) or on many machines. */
  @FunctionalInterface
  public interface Rounds {
    /** Makes {@code steps} local steps of every shard and averages what they come to. */
    Round run(TrainingState start, int steps);
  }

  /**
   * A round of averaging.
   *
   * @param state after it
   * @param loss mean over the examples seen, while the parameters still moved
   */
  public record Round(TrainingState state, double loss) {}

  /**
   * What is known after a round.
   *
   * @param round from 1
   * @param steps local steps of each shard so far
   * @param loss mean over the examples of the round, while the parameters still moved
   * @param validation null in rounds after which parameters were not evaluated
   */
  public record RoundSummary<V>(int round, long steps, double loss, V validation) {}

  /**
   * The best parameters.
   *
   * @param round after which they were the best, from 1
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record Best(float[] parameters, int round) {}

  /**
   * Trains.
   *
   * @param initial parameters to start from
   * @param listener told of every round
   * @throws ArithmeticException if losses, gradients or the score cease to be finite
   */
  public Best run(float[] initial, Consumer<RoundSummary<V>> listener) {
    TrainingState state = TrainingState.initial(initial, settings);
    Best best = null;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int round = 1; round <= settings.rounds(); round++) {
      Round made = rounds.run(state, settings.stepsPerRound());
      state = made.state();
      V judged = null;
      if (round % settings.evaluateEvery() == 0 || round == settings.rounds()) {
        float[] parameters = state.parameterValues();
        judged = validation.apply(parameters);
        double reached = finite(score.applyAsDouble(judged), round);
        if (reached > bestScore) {
          best = new Best(parameters, round);
          bestScore = reached;
        }
      }
      listener.accept(new RoundSummary<>(round, state.steps(), made.loss(), judged));
    }
    return best;
  }

  private static double finite(double score, int round) {
    if (!Double.isFinite(score)) {
      throw new ArithmeticException(
          "training diverged: predictions of the validation split are not finite after round "
              + round);
    }
    return score;
  }
}
