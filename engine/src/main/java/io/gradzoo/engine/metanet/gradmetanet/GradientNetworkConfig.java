package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.tensor.ParameterLayout;
import java.io.Serializable;

/** What shapes a GradMetaNet, and what makes one. */
public sealed interface GradientNetworkConfig extends Serializable
    permits GradMetaNetConfig, GradMetaNetPlusPlusConfig {

  /** Number of gradients in a set. */
  int setSize();

  /** Width P of the sinusoidal position code, even. */
  int positionWidth();

  /** What the network computes. */
  GradMetaNetConfig.Head head();

  /** The network by itself, on (a, g) of each neuron. */
  MetanetworkSpec spec();

  /**
   * The network, its parameters registered after those that the layout already has.
   *
   * @param channels numbers of each neuron on each sample: 2 for (a, g)
   */
  LayerMetanetwork register(ParameterLayout layout, int channels);
}
