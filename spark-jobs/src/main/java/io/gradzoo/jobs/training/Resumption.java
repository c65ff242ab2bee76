package io.gradzoo.jobs.training;

/** What becomes of the checkpoints of an interrupted training that stand in the way of another. */
public enum Resumption {
  /** The same training goes on from them; another one is refused, with the differences. */
  SAME,
  /** The same training goes on from them; another one deletes them, and a line says so. */
  SAME_OR_NONE,
  /** They are deleted. */
  NONE
}
