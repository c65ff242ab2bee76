package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/** A StatNN for networks of so many tensors. */
public record StatNnSpec(int tensors, int width, int outputs) implements MetanetworkSpec {

  /** One that says one number of a network. */
  public StatNnSpec(int tensors, int width) {
    this(tensors, width, 1);
  }

  @Override
  public Metanetwork build() {
    return new StatNn(tensors, width, outputs);
  }
}
