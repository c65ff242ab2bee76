package io.gradzoo.jobs.code;

/** The policy for results that another version of the code made from the same settings. */
public enum OtherCodePolicy {
  /** It is made again; where no older version would be kept of a table, the job refuses. */
  REMAKE,
  /** It is kept as it is. */
  REUSE,
  /** It is made again, whatever is lost. */
  REPLACE
}
