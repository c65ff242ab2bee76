package io.gradzoo.engine.training;

import io.gradzoo.engine.optimize.OuterOptimizer;
import java.io.Serializable;

/**
 * How the states that the shards end a round with become the one that the next begins with.
 *
 * @param optimizerState what becomes of the optimiser's moments
 * @param outer the step that is made of the averaged parameters
 * @param onDivergence what becomes of a shard whose numbers cease to be finite
 */
public record Averaging(
    OptimizerState optimizerState, OuterOptimizer outer, OnDivergence onDivergence)
    implements Serializable {
  /** The mean of all, moments included; training ends when a shard diverges. */
  public static final Averaging PLAIN =
      new Averaging(OptimizerState.AVERAGED, OuterOptimizer.AVERAGE, OnDivergence.FAIL);
}
