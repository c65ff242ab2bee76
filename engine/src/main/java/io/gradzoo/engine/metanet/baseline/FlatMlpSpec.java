package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/** A perceptron for networks of at most so many parameters. */
public record FlatMlpSpec(int inputs, int width) implements MetanetworkSpec {
  @Override
  public Metanetwork build() {
    return new FlatMlp(inputs, width);
  }
}
