package io.gradzoo.jobs.config;

import io.gradzoo.jobs.config.block.Section;

/**
 * A ScaleGMN on weights and on what a GradMetaNet or GradMetaNet++ makes of gradient sets, trained
 * together (§7.3 of Gelberg et al. 2025).
 *
 * @param features numbers that come of the gradients for every weight and bias
 * @param gradients the GradMetaNet
 * @param graph the ScaleGMN
 */
public record HybridConfig(int features, GradientNetworkConfig gradients, ScaleGmnConfig graph)
    implements GradientNetworkConfig {

  @Override
  public String kind() {
    return gradients instanceof GradMetaNetPlusPlusConfig ? "hybrid_plus_plus" : "hybrid";
  }

  @Override
  public Estimate estimate() {
    return gradients.estimate();
  }

  static HybridConfig read(Section section, GradientNetworkConfig gradients, ScaleGmnConfig graph) {
    HybridConfig network = new HybridConfig(section.count("features", 1, 4096), gradients, graph);
    section.finish();
    return network;
  }
}
