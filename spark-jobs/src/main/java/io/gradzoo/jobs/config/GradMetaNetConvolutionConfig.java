package io.gradzoo.jobs.config;

import io.gradzoo.jobs.config.block.Section;

/**
 * A GradMetaNet on the gradient sets of networks with convolutions, whose neurons are channels; our
 * own extension.
 *
 * @param width of all hidden features
 * @param tokenWidth numbers that become of a channel's patches, and of its signals
 * @param setLayers layers on the gradient set
 * @param neuronLayers layers on the pooled channels
 * @param positionDimension width of the sinusoidal position code, even
 */
public record GradMetaNetConvolutionConfig(
    int width, int tokenWidth, int setLayers, int neuronLayers, int positionDimension)
    implements GradientNetworkConfig {

  @Override
  public String kind() {
    return "gradmetanet_convolution";
  }

  @Override
  public Estimate estimate() {
    return Estimate.NONE;
  }

  static GradMetaNetConvolutionConfig read(Section section) {
    GradMetaNetConvolutionConfig network =
        new GradMetaNetConvolutionConfig(
            section.count("width", 1, 4096),
            section.count("token-width", 1, 4096),
            section.count("set-layers", 1, 64),
            section.count("neuron-layers", 1, 64),
            GradMetaNetConfig.positionDimension(section));
    section.finish();
    return network;
  }
}
