package io.gradzoo.jobs.table;

/** The rule for replaced versions of a zoo that others name. */
public enum ExpiryRule {
  /** They stay. */
  KEEP_USED,
  /** They go too, but for those that the standing gradient sets are read with. */
  REMOVE_USED
}
