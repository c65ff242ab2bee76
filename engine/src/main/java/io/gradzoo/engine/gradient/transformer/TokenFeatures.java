package io.gradzoo.engine.gradient.transformer;

import io.gradzoo.engine.network.transformer.BlockLayers;
import io.gradzoo.engine.network.transformer.Space;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import io.gradzoo.engine.network.transformer.TransformerLayer.LinearMap;
import io.gradzoo.engine.network.transformer.TransformerLayer.Normalization;
import io.gradzoo.engine.network.transformer.TransformerLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradient sets of transformers as a metanetwork reads them: for every token of every sequence, the
 * factors of each neuron (GradMetaNet App. B.2–B.3). The copies of the residual stream at different
 * depths are one space, side by side in the channels of its neurons.
 *
 * <p>Channels of a neuron, with g the derivative of the sequence's loss by what the stage gives:
 *
 * <ul>
 *   <li>vocabulary and positions: 1 where the token has this id or position, else 0;
 *   <li>residual: g of the embeddings; of each block x̂, y and g of norm1, g of output, x̂, y and g
 *       of norm2, g of down; x̂, y and g of the last norm, where y is what the maps read;
 *   <li>keys: g of query, g of key; values: the merged heads, g of value; hidden: the activation, g
 *       of up; outputs: g of the head.
 * </ul>
 */
public final class TokenFeatures {
  private final List<TokenGradients> layers;
  private final TransformerLayout layout;

  private TokenFeatures(TransformerArchitecture architecture, List<TokenGradients> layers) {
    this.layers = layers;
    this.layout = architecture.layout();
  }

  /** Channels of a neuron of transformers of so many blocks. */
  public static int channels(Space.Kind kind, int blocks) {
    return switch (kind) {
      case VOCABULARY, POSITIONS, OUTPUTS -> 1;
      case RESIDUAL -> 1 + 8 * blocks + 3;
      case KEYS, VALUES, HIDDEN -> 2;
    };
  }

  /** Numbers of one token: neurons times channels of all spaces. */
  public static int width(TransformerArchitecture architecture) {
    return architecture.layout().spaces().stream()
        .mapToInt(space -> space.width() * channels(space.kind(), architecture.blocks()))
        .sum();
  }

  /**
   * The features of a set.
   *
   * @return [tokens, spaces one after the other: neurons, channels]
   */
  public static float[] of(TransformerGradientSet set) {
    return of(set.architecture(), set.layers());
  }

  /**
   * The features of a set whose moments are not needed.
   *
   * @param layers one per stage, in the order of the flat parameters
   * @return [tokens, spaces one after the other: neurons, channels]
   */
  public static float[] of(TransformerArchitecture architecture, List<TokenGradients> layers) {
    TokenFeatures features = new TokenFeatures(architecture, layers);
    int width = width(architecture);
    float[] result = new float[layers.get(0).sequences().elements() * width];
    int start = 0;
    for (Space space : features.layout.spaces()) {
      List<float[]> channels = features.channels(space);
      for (int c = 0; c < channels.size(); c++) {
        for (int i = 0; i < channels.get(c).length; i++) {
          int token = i / space.width();
          int neuron = i % space.width();
          result[token * width + start + neuron * channels.size() + c] = channels.get(c)[i];
        }
      }
      start += space.width() * channels.size();
    }
    return result;
  }

  /** Channels of a space, each [tokens, neurons]. */
  private List<float[]> channels(Space space) {
    BlockLayers block = layout.blocks().get(space.block());
    return switch (space.kind()) {
      case VOCABULARY -> List.of(oneHot(layout.tokenTable(), space.width()));
      case POSITIONS -> List.of(oneHot(layout.positionTable(), space.width()));
      case RESIDUAL -> residual();
      case KEYS -> List.of(map(block.query()).signals(), map(block.key()).signals());
      case VALUES -> List.of(map(block.output()).inputs(), map(block.value()).signals());
      case HIDDEN -> List.of(map(block.down()).inputs(), map(block.up()).signals());
      case OUTPUTS -> List.of(map(layout.head()).signals());
    };
  }

  private List<float[]> residual() {
    List<float[]> channels = new ArrayList<>();
    channels.add(table(layout.tokenTable()).signals());
    for (BlockLayers block : layout.blocks()) {
      addNorm(channels, block.norm1(), block.query());
      channels.add(map(block.output()).signals());
      addNorm(channels, block.norm2(), block.up());
      channels.add(map(block.down()).signals());
    }
    addNorm(channels, layout.finalNorm(), layout.head());
    return channels;
  }

  private void addNorm(List<float[]> channels, Normalization norm, LinearMap reader) {
    NormalizationTokenFactors factors = (NormalizationTokenFactors) factors(norm);
    channels.add(factors.normalized());
    channels.add(map(reader).inputs());
    channels.add(factors.signals());
  }

  private float[] oneHot(TransformerLayer.Embedding layer, int width) {
    int[] rows = table(layer).rows();
    float[] ones = new float[rows.length * width];
    for (int t = 0; t < rows.length; t++) {
      ones[t * width + rows[t]] = 1f;
    }
    return ones;
  }

  private LinearTokenFactors map(LinearMap layer) {
    return (LinearTokenFactors) factors(layer);
  }

  private EmbeddingTokenFactors table(TransformerLayer.Embedding layer) {
    return (EmbeddingTokenFactors) factors(layer);
  }

  private TokenGradients factors(TransformerLayer layer) {
    return layers.get(layer.index());
  }
}
