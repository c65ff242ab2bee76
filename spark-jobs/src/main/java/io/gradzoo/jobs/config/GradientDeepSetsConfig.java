package io.gradzoo.jobs.config;

import io.gradzoo.jobs.config.block.Section;

/**
 * DeepSets on gradient sets, blind to permutations of neurons: a baseline for Fisher diagonals.
 *
 * @param width of all hidden features
 */
public record GradientDeepSetsConfig(int width) implements GradientNetworkConfig {

  @Override
  public String kind() {
    return "gradient_deep_sets";
  }

  @Override
  public Estimate estimate() {
    return Estimate.NONE;
  }

  static GradientDeepSetsConfig read(Section section) {
    GradientDeepSetsConfig network = new GradientDeepSetsConfig(section.count("width", 1, 4096));
    section.finish();
    return network;
  }
}
