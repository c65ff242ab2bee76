package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/** A DeepSets for networks of so many tensors. */
public record DeepSetsSpec(int tensors, int width, int outputs) implements MetanetworkSpec {

  /** One that says one number of a network. */
  public DeepSetsSpec(int tensors, int width) {
    this(tensors, width, 1);
  }

  @Override
  public Metanetwork build() {
    return new DeepSets(tensors, width, outputs);
  }
}
