package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.tensor.ParameterLayout;

/**
 * Hyperparameters of a {@link GradMetaNetPlusPlus}.
 *
 * @param setSize number b of gradients in a set
 * @param positionWidth width P of the sinusoidal position code, even
 * @param width hidden width f
 * @param blocks number k of attention blocks
 * @param heads number H of heads, each as wide as its block's input
 * @param reduction of the set, after the product layer; and of the neurons, with the invariant head
 * @param head what it computes
 */
public record GradMetaNetPlusPlusConfig(
    int setSize,
    int positionWidth,
    int width,
    int blocks,
    int heads,
    Reduction reduction,
    GradMetaNetHead head)
    implements GradientNetworkConfig {

  public GradMetaNetPlusPlusConfig {
    require(setSize > 0, "set size", "a positive number", setSize);
    require(
        positionWidth > 0 && positionWidth % 2 == 0,
        "position width",
        "an even positive number",
        positionWidth);
    require(width > 0, "width", "a positive number", width);
    require(blocks > 0, "blocks", "a positive number", blocks);
    require(heads > 0, "heads", "a positive number", heads);
  }

  @Override
  public LayerMetanetwork build() {
    return new GradMetaNetPlusPlus(this);
  }

  @Override
  public LayerMetanetwork register(ParameterLayout layout, int channels) {
    return new GradMetaNetPlusPlus(this, layout, channels);
  }

  private static void require(boolean condition, String what, String expected, Object found) {
    if (!condition) {
      throw Fault.of("gradmetanet++").at(what).expected(expected).found(found).exception();
    }
  }
}
