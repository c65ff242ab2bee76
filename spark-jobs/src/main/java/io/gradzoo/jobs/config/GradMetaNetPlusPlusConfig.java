package io.gradzoo.jobs.config;

import io.gradzoo.jobs.config.block.Section;

/**
 * A GradMetaNet++ (App. D.2 of Gelberg et al. 2025) on gradient sets.
 *
 * @param width of all hidden features
 * @param blocks of attention
 * @param heads of attention
 * @param positionDimension width of the sinusoidal position code
 * @param estimate where a Fisher diagonal starts from
 */
public record GradMetaNetPlusPlusConfig(
    int width, int blocks, int heads, int positionDimension, Estimate estimate)
    implements GradientNetworkConfig {

  @Override
  public String kind() {
    return "gradmetanet_plus_plus";
  }

  static GradMetaNetPlusPlusConfig read(Section section) {
    GradMetaNetPlusPlusConfig network =
        new GradMetaNetPlusPlusConfig(
            section.count("width", 1, 4096),
            section.count("blocks", 1, 64),
            section.count("heads", 1, 64),
            GradMetaNetConfig.positionDimension(section),
            section.choice("estimate", Estimate.class));
    section.finish();
    return network;
  }
}
