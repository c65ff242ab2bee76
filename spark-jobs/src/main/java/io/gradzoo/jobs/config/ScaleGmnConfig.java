package io.gradzoo.jobs.config;

/**
 * A ScaleGMN, forward variant (Kalogeropoulos et al. 2024), on weights.
 *
 * @param width of all hidden features
 * @param layers of message passing
 * @param readout what the prediction is read from
 * @param layerNorm whether the inner MLPs normalise
 */
public record ScaleGmnConfig(int width, int layers, Readout readout, boolean layerNorm)
    implements MetanetworkConfig {

  /** What a ScaleGMN's prediction is read from. */
  public enum Readout {
    /** The output neurons. */
    LAST_LAYER,
    /** All hidden neurons summed, and the input and output neurons. */
    FULL_GRAPH
  }

  @Override
  public String kind() {
    return "scalegmn";
  }

  static ScaleGmnConfig read(Section section) {
    ScaleGmnConfig network =
        new ScaleGmnConfig(
            section.count("width", 1, 4096),
            section.count("layers", 1, 64),
            section.choice("readout", Readout.class),
            section.flag("layer-norm"));
    section.finish();
    return network;
  }
}
