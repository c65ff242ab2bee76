package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.tensor.ParameterLayout;

/**
 * Hyperparameters of a GradMetaNet or GradMetaNet++. It builds the network on (a, g) of each
 * neuron.
 */
public sealed interface GradientNetworkConfig extends MetanetworkSpec
    permits GradMetaNetConfig, GradMetaNetPlusPlusConfig {

  /** Number of gradients in a set. */
  int setSize();

  /** Width P of the sinusoidal position code, even. */
  int positionWidth();

  /** What the network computes. */
  GradMetaNetHead head();

  /**
   * The network, its parameters registered after those that the layout already has.
   *
   * @param channels numbers of each neuron on each sample: 2 for (a, g)
   */
  LayerMetanetwork register(ParameterLayout layout, int channels);
}
