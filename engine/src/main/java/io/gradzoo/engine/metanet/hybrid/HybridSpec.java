package io.gradzoo.engine.metanet.hybrid;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.gradmetanet.GradientNetworkConfig;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;

/** A hybrid for networks of a layout. */
public record HybridSpec(GradientNetworkConfig gradients, ScaleGmnConfig graph, GraphLayout layout)
    implements MetanetworkSpec {
  @Override
  public Metanetwork build() {
    return new HybridMetanet(gradients, graph, layout);
  }
}
