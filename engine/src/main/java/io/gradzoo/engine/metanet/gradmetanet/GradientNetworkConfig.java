package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.tensor.ParameterLayout;
import java.io.Serializable;

/** What shapes a {@link GradientNetwork}. */
public sealed interface GradientNetworkConfig extends Serializable
    permits GradMetaNetConfig, GradMetaNetPlusPlusConfig {

  /** Number of gradients in a set. */
  int setSize();

  /** Width P of the sinusoidal position code, even. */
  int positionWidth();

  /** What the network computes. */
  GradMetaNetConfig.Head head();

  /**
   * The network, its parameters registered after those that the layout already has.
   *
   * @param channels numbers of each neuron on each sample: 2 for (a, g)
   */
  GradientNetwork register(ParameterLayout layout, Kernels kernels, int channels);
}
