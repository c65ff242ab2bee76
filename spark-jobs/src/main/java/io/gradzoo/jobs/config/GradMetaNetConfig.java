package io.gradzoo.jobs.config;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.config.block.Section;

/**
 * A GradMetaNet (eq. 9 of Gelberg et al. 2025) on gradient sets.
 *
 * @param width of all hidden features
 * @param setLayers layers on the gradient set
 * @param neuronLayers layers on the pooled neurons
 * @param positionDimension width of the sinusoidal position code
 * @param estimate where a Fisher diagonal starts from
 */
public record GradMetaNetConfig(
    int width, int setLayers, int neuronLayers, int positionDimension, Estimate estimate)
    implements GradientNetworkConfig {

  @Override
  public String kind() {
    return "gradmetanet";
  }

  static GradMetaNetConfig read(Section section) {
    GradMetaNetConfig network =
        new GradMetaNetConfig(
            section.count("width", 1, 4096),
            section.count("set-layers", 1, 64),
            section.count("neuron-layers", 1, 64),
            positionDimension(section),
            section.choice("estimate", Estimate.class));
    section.finish();
    return network;
  }

  static int positionDimension(Section section) {
    int dimension = section.count("position-dimension", 2, 4096);
    if (dimension % 2 != 0) {
      section.problem(
          "position-dimension", Fault.here().expected("an even number").found(dimension));
    }
    return dimension;
  }
}
