package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/** A ScaleGMN for networks of a layout. */
public record ScaleGmnSpec(ScaleGmnConfig config, GraphLayout graph) implements MetanetworkSpec {
  @Override
  public Metanetwork build() {
    return new ScaleGmn(config, graph);
  }
}
