package io.gradzoo.jobs.model;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.gradmetanet.InputChannels;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.family.MemberGradients;
import java.io.Serializable;

/**
 * How a member and its gradient set become the numbers that a metanetwork reads, before they are
 * standardised. It travels to executors.
 */
public interface GradientInput extends Serializable {
  /** Samples in a set. */
  int samples();

  /** Whether it takes the member's weights too. */
  boolean usesWeights();

  /** Whether it takes the ids of tokens. */
  default boolean usesTokens() {
    return false;
  }

  /** Features of a member's gradient set, and its weights if they are taken. */
  ExampleParts read(MemberGradients member);

  /** Which of the features are standardised together. */
  InputChannels channels(Architecture architecture);
}
