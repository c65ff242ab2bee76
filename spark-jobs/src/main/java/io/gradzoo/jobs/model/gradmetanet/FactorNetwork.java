package io.gradzoo.jobs.model.gradmetanet;

import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.GradientNetworkConfig;

/**
 * A GradMetaNet of some kind on the factors of dense layers, as its block asks for it.
 *
 * @param sizes all but what follows from the members
 * @param estimate where predictions of a Fisher diagonal start from
 */
public record FactorNetwork(NetworkSizes sizes, BaseEstimate estimate) {

  /** All that shapes the network but gradient sets and head. */
  @FunctionalInterface
  public interface NetworkSizes {
    /**
     * The whole.
     *
     * @param samples in a gradient set
     * @param head what it computes
     */
    GradientNetworkConfig with(int samples, GradMetaNetHead head);
  }
}
