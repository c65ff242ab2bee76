package io.gradzoo.jobs.config;

import io.gradzoo.jobs.family.MemberFamily;

/** The families of members that a job reads. */
public enum MemberSelection {
  MLP,
  CNN,
  TRANSFORMER,
  ALL;

  /** Whether members of the family are read. */
  public boolean includes(MemberFamily family) {
    return this == ALL || name().equals(family.name());
  }
}
