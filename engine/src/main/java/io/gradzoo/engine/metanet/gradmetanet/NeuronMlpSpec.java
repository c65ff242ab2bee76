package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/**
 * A perceptron for sets of so many gradients.
 *
 * @param setSize gradients in a set
 * @param positionWidth width of the sinusoidal position code, even
 * @param width of all hidden features
 */
public record NeuronMlpSpec(int setSize, int positionWidth, int width) implements MetanetworkSpec {
  @Override
  public Metanetwork build() {
    return new NeuronMlp(this);
  }
}
