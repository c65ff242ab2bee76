package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/**
 * A DeepSets for the sets of one architecture.
 *
 * @param architecture its text form
 * @param setSize gradients in a set
 * @param width of all hidden features
 */
public record GradientDeepSetsSpec(String architecture, int setSize, int width)
    implements MetanetworkSpec {
  @Override
  public Metanetwork build() {
    return new GradientDeepSets(this);
  }
}
