package io.gradzoo.jobs.config;

import io.gradzoo.jobs.config.block.Section;

/**
 * A GradMetaNet on the gradient sets of transformers, whose elements are tokens (App. B of Gelberg
 * et al. 2025).
 *
 * @param width of all hidden features
 * @param setLayers layers on the gradient set
 * @param neuronLayers layers on the pooled neurons
 * @param positionDimension width of the sinusoidal position code, even
 */
public record GradMetaNetTransformerConfig(
    int width, int setLayers, int neuronLayers, int positionDimension)
    implements GradientNetworkConfig {

  @Override
  public String kind() {
    return "gradmetanet_transformer";
  }

  @Override
  public Estimate estimate() {
    return Estimate.NONE;
  }

  static GradMetaNetTransformerConfig read(Section section) {
    GradMetaNetTransformerConfig network =
        new GradMetaNetTransformerConfig(
            section.count("width", 1, 4096),
            section.count("set-layers", 1, 64),
            section.count("neuron-layers", 1, 64),
            GradMetaNetConfig.positionDimension(section));
    section.finish();
    return network;
  }
}
