package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.network.LayeredArchitecture;

/**
 * A DeepSets for the sets of one architecture.
 *
 * @param setSize gradients in a set
 * @param width of all hidden features
 */
public record GradientDeepSetsSpec(LayeredArchitecture architecture, int setSize, int width)
    implements MetanetworkSpec {
  @Override
  public Metanetwork build() {
    return new GradientDeepSets(this);
  }
}
