package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.tensor.ParameterLayout;

/**
 * Hyperparameters of a {@link GradMetaNet}.
 *
 * @param setSize number b of gradients in a set
 * @param positionWidth width P of the sinusoidal position code, even
 * @param width hidden width f
 * @param setLayers number k₁ of layers on the gradient set
 * @param neuronLayers number k₂ of layers on the pooled neurons
 * @param reduction sum, as published, or mean
 * @param head what it computes
 */
public record GradMetaNetConfig(
    int setSize,
    int positionWidth,
    int width,
    int setLayers,
    int neuronLayers,
    Reduction reduction,
    GradMetaNetHead head)
    implements GradientNetworkConfig {

  public GradMetaNetConfig {
    require(setSize > 0, "set size", "a positive number", setSize);
    require(
        positionWidth > 0 && positionWidth % 2 == 0,
        "position width",
        "an even positive number",
        positionWidth);
    require(width > 0, "width", "a positive number", width);
    require(setLayers > 0, "set layers", "a positive number", setLayers);
    require(neuronLayers >= 0, "neuron layers", "0 or more", neuronLayers);
  }

  /** The same for sets of another size. */
  GradMetaNetConfig withSetSize(int other) {
    return new GradMetaNetConfig(
        other, positionWidth, width, setLayers, neuronLayers, reduction, head);
  }

  /** Whether the product layer also sees the target network's own parameters (eq. 62). */
  public enum ThetaInput {
    NONE,
    PARAMETERS
  }

  @Override
  public LayerMetanetwork build() {
    return new GradMetaNet(this);
  }

  @Override
  public LayerMetanetwork register(ParameterLayout layout, int channels) {
    return new GradMetaNet(this, layout, channels);
  }

  private static void require(boolean condition, String what, String expected, Object found) {
    if (!condition) {
      throw Fault.of("gradmetanet").at(what).expected(expected).found(found).exception();
    }
  }
}
