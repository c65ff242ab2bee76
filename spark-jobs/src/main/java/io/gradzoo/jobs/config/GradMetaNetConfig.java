package io.gradzoo.jobs.config;

/**
 * A GradMetaNet (eq. 9 of Gelberg et al. 2025) on gradient sets.
 *
 * @param width of all hidden features
 * @param setLayers layers before the pooling over the set (k₁)
 * @param neuronLayers layers after it (k₂)
 * @param positionDimension width of the positional encoding, even
 */
public record GradMetaNetConfig(int width, int setLayers, int neuronLayers, int positionDimension)
    implements MetanetworkConfig {

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
            section.count("position-dimension", 2, 4096));
    if (network.positionDimension % 2 != 0) {
      section.problem(
          "position-dimension", "expected an even number, found " + network.positionDimension);
    }
    section.finish();
    return network;
  }
}
