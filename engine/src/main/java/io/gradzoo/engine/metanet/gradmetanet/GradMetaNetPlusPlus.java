package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * GradMetaNet++ (Gelberg et al., NeurIPS 2025, App. D.2): attention over the set and over the
 * neurons, then the product layer for each element before the sum over the set. Invariant to the
 * order of the set and equivariant to permutations of hidden neurons, as {@link GradMetaNet} is;
 * its examples and outputs are the same.
 *
 * <p>The paper describes no invariant head for it; ours sums the set and the neurons, then applies
 * a linear map.
 */
public final class GradMetaNetPlusPlus extends GradientSetNetwork {
  private final GradMetaNetPlusPlusConfig config;
  private final List<AttentionBlock> blocks = new ArrayList<>();
  private final GradientHead head;

  public GradMetaNetPlusPlus(GradMetaNetPlusPlusConfig config) {
    this(config, new ParameterLayout(), NeuronFeatures.WIDTH);
  }

  /**
   * With its parameters after those that the layout already has, on other neuron features.
   *
   * @param channels numbers of each neuron on each sample
   */
  GradMetaNetPlusPlus(GradMetaNetPlusPlusConfig config, ParameterLayout layout, int channels) {
    super(config, layout, channels);
    this.config = config;
    int width = config.width();
    for (int k = 0; k < config.blocks(); k++) {
      int in = k == 0 ? channels + config.positionWidth() : width;
      blocks.add(AttentionBlock.register(layout, "att." + k, in, width, config.heads()));
    }
    this.head = head(config, layout);
  }

  @Override
  Tensor embed(Tape tape, Tensor features) {
    Tensor x = features;
    for (AttentionBlock block : blocks) {
      x = tape.relu(block.apply(tape, x, config.setSize()));
    }
    return x;
  }

  @Override
  GradientHead head() {
    return head;
  }

  private static GradientHead head(GradMetaNetPlusPlusConfig config, ParameterLayout layout) {
    int width = config.width();
    if (config.head() instanceof GradMetaNetHead.Reweighting reweighting) {
      return ReweightingHead.register(layout, width, reweighting);
    }
    if (config.head() instanceof GradMetaNetHead.Product product) {
      return new SetProductLayer(
          ProductLayer.register(layout, "prod", width, product),
          config.setSize(),
          config.reduction());
    }
    VectorHead vector =
        VectorHead.register(
            layout, width, (GradMetaNetHead.InvariantVector) config.head(), config.reduction());
    return (tape, neurons, input, x) -> vector.apply(tape, x);
  }
}
