package io.gradzoo.jobs.config;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.config.block.Section;

/**
 * A perceptron of each neuron, averaged over the set, and a product layer: a baseline for Fisher
 * diagonals.
 *
 * @param width of all hidden features
 * @param positionDimension width of the positional encoding, even
 */
public record NeuronMlpConfig(int width, int positionDimension) implements GradientNetworkConfig {

  @Override
  public String kind() {
    return "neuron_mlp";
  }

  @Override
  public Estimate estimate() {
    return Estimate.NONE;
  }

  static NeuronMlpConfig read(Section section) {
    NeuronMlpConfig network =
        new NeuronMlpConfig(
            section.count("width", 1, 4096), section.count("position-dimension", 2, 4096));
    if (network.positionDimension % 2 != 0) {
      section.problem(
          "position-dimension",
          Fault.here().expected("an even number").found(network.positionDimension));
    }
    section.finish();
    return network;
  }
}
