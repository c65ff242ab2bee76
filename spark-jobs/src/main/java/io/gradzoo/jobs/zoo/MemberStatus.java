package io.gradzoo.jobs.zoo;

/** Values of the status column of the members table. */
final class MemberStatus {
  static final String OK = "ok";
  static final String DIVERGED = "diverged";
  static final String FAILED = "failed";

  private MemberStatus() {}
}
