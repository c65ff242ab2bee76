package io.gradzoo.engine.training;

/** What becomes of a round in which numbers of a shard cease to be finite. */
public enum OnDivergence {
  /** Training ends. */
  FAIL,
  /** The shard's steps of the round count for nothing; training ends if no shard is left. */
  SKIP_SHARD
}
