package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/** A StatNN for networks of so many tensors. */
public record PublishedStatNnSpec(int tensors) implements MetanetworkSpec {
  @Override
  public Metanetwork build() {
    return new PublishedStatNn(tensors);
  }
}
