package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/** A GradMetaNet for transformers of so many blocks. */
public record TransformerGradMetaNetSpec(GradMetaNetConfig config, int blocks)
    implements MetanetworkSpec {
  @Override
  public Metanetwork build() {
    return new TransformerGradMetaNet(config, blocks);
  }
}
