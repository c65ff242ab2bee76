package io.gradzoo.jobs.model.gradmetanet;

import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.Head;
import io.gradzoo.engine.metanet.gradmetanet.GradientNetworkConfig;

/**
 * A GradMetaNet of some kind on the factors of dense layers, as its block asks for it.
 *
 * @param sizes all but what follows from the members
 * @param estimate where predictions of a Fisher diagonal start from
 */
public record FactorNetwork(Sizes sizes, Estimate estimate) {

  /** All that shapes the network but gradient sets and head. */
  @FunctionalInterface
  public interface Sizes {
    /**
     * The whole.
     *
     * @param samples in a gradient set
     * @param head what it computes
     */
    GradientNetworkConfig with(int samples, Head head);
  }
}
