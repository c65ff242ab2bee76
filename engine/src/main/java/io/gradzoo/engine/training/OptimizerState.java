package io.gradzoo.engine.training;

/** What becomes of the optimiser's moments, which every shard changes in its local steps. */
public enum OptimizerState {
  /** They are averaged with the parameters: all shards begin the next round with the same. */
  AVERAGED,
  /** They are forgotten: every round begins as a training does. */
  RESET,
  /** Each shard begins the next round with its own. */
  KEPT_PER_SHARD
}
