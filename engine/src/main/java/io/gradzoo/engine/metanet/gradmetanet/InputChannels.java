package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import java.util.Arrays;

/**
 * Which channel each number of an example belongs to. Numbers of one channel mean the same, on
 * every sample and in every neuron of a layer, and are standardised together.
 *
 * @param layers of the network
 * @param perLayer number of channels of a layer
 * @param of index of the channel of each number, or {@link #AS_GIVEN}
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record InputChannels(int layers, int perLayer, int[] of) {
  /** In place of a channel: the number is read as it is. */
  public static final int AS_GIVEN = -1;

  /** Number of channels. */
  public int count() {
    return layers * perLayer;
  }

  /**
   * Those of neuron features [setSize, N, width], one channel for each layer and feature.
   *
   * @param rest how many numbers follow, which are read as they are
   */
  public static InputChannels ofNeurons(
      Architecture architecture, int setSize, int width, int rest) {
    NeuronSpace neurons = NeuronSpace.of(architecture);
    int set = setSize * neurons.size() * width;
    int[] of = new int[set + rest];
    int at = 0;
    while (at < set) {
      for (int layer = 0; layer <= neurons.depth(); layer++) {
        for (int i = 0; i < neurons.width(layer) * width; i++, at++) {
          of[at] = layer * width + i % width;
        }
      }
    }
    Arrays.fill(of, set, of.length, AS_GIVEN);
    return new InputChannels(neurons.depth() + 1, width, of);
  }

  /**
   * Those of an example of a {@link ConvolutionSetLayout}. For each affine layer: inputs, signals,
   * then of weights their values, mean gradients and roots of mean squares, then the same of
   * biases.
   */
  static InputChannels of(Architecture architecture, int setSize, ConvolutionSetLayout layout) {
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
    return new InputChannels(architecture.affineLayers().size(), each, of);
  }

  private static void fill(int[] of, int from, int count, int channel) {
    Arrays.fill(of, from, from + count, channel);
  }
}
