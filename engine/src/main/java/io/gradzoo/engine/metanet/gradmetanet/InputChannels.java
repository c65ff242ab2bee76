package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.gradient.transformer.TokenFeatures;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.transformer.Space;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import java.util.Arrays;

/**
 * Which channel each feature of an example belongs to. Numbers of one channel mean the same, on
 * every sample and in every neuron of a layer, and are standardised together.
 *
 * @param layers of the network; of a transformer its blocks
 * @param perLayer number of channels of a layer
 * @param shared number of channels of the whole network
 * @param of index of the channel of each number
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record InputChannels(int layers, int perLayer, int shared, int[] of) {
  /** Number of channels. */
  public int count() {
    return layers * perLayer + shared;
  }

  /** Those of neuron features [setSize, N, width], one channel for each layer and feature. */
  public static InputChannels ofNeurons(LayeredArchitecture architecture, int setSize, int width) {
    NeuronSpace neurons = NeuronSpace.of(architecture);
    int[] of = new int[setSize * neurons.size() * width];
    int at = 0;
    while (at < of.length) {
      for (int layer = 0; layer <= neurons.depth(); layer++) {
        for (int i = 0; i < neurons.width(layer) * width; i++, at++) {
          of[at] = layer * width + i % width;
        }
      }
    }
    return new InputChannels(neurons.depth() + 1, width, 0, of);
  }

  /**
   * Those of token features, one for each space and its channels.
   *
   * @param tokens of all sequences together
   */
  public static InputChannels ofTokens(TransformerArchitecture architecture, int tokens) {
    int blocks = architecture.blocks();
    int width = TokenFeatures.width(architecture);
    int[] of = new int[tokens * width];
    int at = 0;
    int first = 0;
    for (Space space : architecture.layout().spaces()) {
      int count = TokenFeatures.channels(space.kind(), blocks);
      for (int i = 0; i < space.width() * count; i++, at++) {
        of[at] = first + i % count;
      }
      first += count;
    }
    for (int i = width; i < of.length; i++) {
      of[i] = of[i - width];
    }
    int shared = tokenChannels(0);
    return new InputChannels(blocks, tokenChannels(1) - shared, shared, of);
  }

  /** Channels of the spaces of a transformer of so many blocks. */
  private static int tokenChannels(int blocks) {
    int count = 0;
    for (Space.Kind kind : Space.Kind.values()) {
      count += (kind.ofBlock() ? blocks : 1) * TokenFeatures.channels(kind, blocks);
    }
    return count;
  }

  /**
   * Those of an example of a {@link ConvolutionSetLayout}. For each affine layer: inputs, signals,
   * then of weights their values, mean gradients and roots of mean squares, then the same of
   * biases.
   */
  static InputChannels of(
      LayeredArchitecture architecture, int setSize, ConvolutionSetLayout layout) {
    int vectors = ConvolutionSetLayout.VECTORS;
    int each = 2 + 2 * vectors;
    int[] of = new int[layout.length()];
    for (AffineLayer layer : architecture.affineLayers()) {
      int first = layer.index() * each;
      fill(of, layout.inputs(layer.index()), setSize * layer.input().size(), first);
      fill(of, layout.signals(layer.index()), setSize * layer.output().size(), first + 1);
      for (int v = 0; v < vectors; v++) {
        int at = layout.vector(v);
        fill(of, at + layer.weightOffset(), layer.weightCount(), first + 2 + v);
        fill(of, at + layer.biasOffset(), layer.out(), first + 2 + vectors + v);
      }
    }
    return new InputChannels(architecture.affineLayers().size(), each, 0, of);
  }

  private static void fill(int[] of, int from, int count, int channel) {
    Arrays.fill(of, from, from + count, channel);
  }
}
