package io.gradzoo.jobs.family;

/** What a kind of metanetwork uses of a member. */
public enum MemberUse {
  /** Its weights. */
  WEIGHTS(""),
  /** The factors of every layer's gradients; its weights where a design reads them. */
  FACTORS("exact factors, which only dense layers have"),
  /** Those, the maps and signals of convolutions, weights and moments. */
  MAPS(""),
  /** The factors of every token of a transformer. */
  TOKENS("");

  private final String reason;

  MemberUse(String reason) {
    this.reason = reason;
  }

  /** Whether gradient sets are used. */
  public boolean gradients() {
    return this != WEIGHTS;
  }

  /** What is read, and who has it, in words; empty where the names of families say it. */
  public String reason() {
    return reason;
  }
}
