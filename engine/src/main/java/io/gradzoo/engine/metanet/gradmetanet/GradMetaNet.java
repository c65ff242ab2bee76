package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * GradMetaNet (Gelberg et al., NeurIPS 2025, eq. 9): a network on sets of gradients of an MLP,
 * invariant to their order and equivariant to permutations of hidden neurons. Its weights depend on
 * no width of the target network.
 *
 * <p>Its examples are neuron features [setSize, N, 2], followed by what its head reads beside them:
 * the flat parameters of the target network, or the features again, not standardised.
 */
public final class GradMetaNet extends GradientSetNetwork {
  private final GradMetaNetConfig config;
  private final SetLayers setLayers;
  private final GradientHead head;

  public GradMetaNet(GradMetaNetConfig config) {
    this(config, new ParameterLayout(), NeuronFeatures.WIDTH);
  }

  /**
   * With its parameters after those that the layout already has, on other neuron features.
   *
   * @param channels numbers of each neuron on each sample
   */
  GradMetaNet(GradMetaNetConfig config, ParameterLayout layout, int channels) {
    super(config, layout, channels);
    this.config = config;
    this.setLayers = SetLayers.register(layout, config, channels + config.positionWidth());
    this.head = head(config, layout);
  }

  @Override
  Tensor embed(Tape tape, Tensor features) {
    return setLayers.apply(tape, features, config);
  }

  @Override
  GradientHead head() {
    return head;
  }

  private static GradientHead head(GradMetaNetConfig config, ParameterLayout layout) {
    int width = config.width();
    if (config.head() instanceof GradMetaNetHead.Reweighting reweighting) {
      return ReweightingHead.register(layout, width, reweighting);
    }
    NeuronLayers pooled = NeuronLayers.register(layout, config);
    if (config.head() instanceof GradMetaNetHead.Product product) {
      ProductLayer layer = ProductLayer.register(layout, "prod", width, product);
      return (tape, neurons, input, x) ->
          layer.apply(tape, neurons, input, pooled.apply(tape, x, config));
    }
    VectorHead vector =
        VectorHead.register(
            layout, width, (GradMetaNetHead.InvariantVector) config.head(), config.reduction());
    return (tape, neurons, input, x) -> vector.apply(tape, pooled.apply(tape, x, config));
  }
}
