package io.gradzoo.engine.metanet.baseline;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/** A perceptron for networks of at most so many parameters. */
public record FlatMlpSpec(int inputs, int width, int outputs) implements MetanetworkSpec {

  /** One that says one number of a network. */
  public FlatMlpSpec(int inputs, int width) {
    this(inputs, width, 1);
  }

  @Override
  public Metanetwork build() {
    return new FlatMlp(inputs, width, outputs);
  }
}
