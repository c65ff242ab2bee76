package io.gradzoo.jobs.table;

import java.util.Locale;

/** The status of a member: values of the status column of {@code members}. */
public enum MemberStatus {
  /** Trained, or drawn: it has parameters. */
  OK,
  /** Its numbers ceased to be finite before the checkpoint. */
  DIVERGED,
  /** Its training threw. */
  FAILED;

  /** The value in the table. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a value in the table; null of none. */
  static MemberStatus of(String id) {
    return id == null ? null : valueOf(id.toUpperCase(Locale.ROOT));
  }
}
