package io.gradzoo.engine.training;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Training in rounds that keeps the best parameters. They are evaluated on the validation examples
 * after every {@code evaluateEvery}-th round and after the last; those of the highest score are
 * kept, and of equals the earlier, which took fewer rounds. Untrained parameters are no candidate.
 * With patience, training ends once so many evaluations in a row brought no better score.
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
   * @param state after it, before the outer optimiser's step
   * @param loss mean over the examples seen, while the parameters still moved
   * @param skippedShards that diverged and count for nothing, in order
   */
  public record Round(TrainingState state, double loss, List<Integer> skippedShards) {
    public Round {
      skippedShards = List.copyOf(skippedShards);
    }
  }

  /**
   * Refuses a round of which nothing is left.
   *
   * @param examples seen by all shards that did not diverge
   * @throws ArithmeticException if there are none
   */
  public static void requireExamples(long examples, List<Integer> skippedShards) {
    if (examples == 0 && !skippedShards.isEmpty()) {
      throw new DivergenceException("in all shards of a round: " + skippedShards);
    }
  }

  /**
   * What is known after a round.
   *
   * @param round from 1
   * @param steps local steps of each shard so far
   * @param loss mean over the examples of the round, while the parameters still moved
   * @param validation null in rounds after which parameters were not evaluated
   * @param skippedShards that diverged and count for nothing, in order
   */
  public record RoundSummary<V>(
      int round, long steps, double loss, V validation, List<Integer> skippedShards) {}

  /**
   * The best parameters.
   *
   * @param round after which they were the best, from 1
   * @param score that they reached
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record Best(float[] parameters, int round, double score) {}

  /** Told of every round. */
  @FunctionalInterface
  public interface Listener<V> {
    /**
     * A round is over.
     *
     * @param reached where training stands after it
     */
    void completed(RoundSummary<V> round, Standing reached);
  }

  /**
   * Trains.
   *
   * @param initial parameters to start from
   * @param listener told of every round
   * @throws ArithmeticException if losses, gradients or the score cease to be finite
   */
  public Best run(float[] initial, Consumer<RoundSummary<V>> listener) {
    return run(Standing.initial(initial, settings), (round, reached) -> listener.accept(round));
  }

  /**
   * Trains from where a training stands; once it is over there is nothing left to do.
   *
   * @throws ArithmeticException if losses, gradients or the score cease to be finite
   */
  public Best run(Standing start, Listener<V> listener) {
    Standing reached = start;
    while (!reached.isOver(settings)) {
      int round = reached.round() + 1;
      Round made = rounds.run(reached.state(), settings.stepsPerRound());
      TrainingState state = made.state().moved(reached.state(), settings.averaging());
      V judged = null;
      Optional<Best> best = reached.best();
      if (round % settings.evaluateEvery() == 0 || round == settings.rounds()) {
        float[] parameters = state.parameterValues();
        judged = validation.apply(parameters);
        double attained = finite(score.applyAsDouble(judged), round);
        if (best.isEmpty() || attained > best.get().score()) {
          best = Optional.of(new Best(parameters, round, attained));
        }
      }
      reached = new Standing(round, state, best);
      listener.completed(
          new RoundSummary<>(round, state.steps(), made.loss(), judged, made.skippedShards()),
          reached);
    }
    return reached.best().orElseThrow();
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
