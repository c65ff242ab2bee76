package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/** A DeepSets for networks of so many tensors. */
public record DeepSetsSpec(int tensors, int width) implements MetanetworkSpec {
  @Override
  public Metanetwork build() {
    return new DeepSets(tensors, width);
  }
}
