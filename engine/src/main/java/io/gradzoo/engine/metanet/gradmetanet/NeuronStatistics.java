package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.network.Architecture;
import java.io.Serializable;

/**
 * Mean and standard deviation of the neuron features of a training split: one pair for each layer
 * and channel, over all sets, samples and neurons of the layer (GradMetaNet App. F.1). Never per
 * neuron, which would break the symmetry.
 *
 * @param mean [layers, 2]
 * @param deviation [layers, 2], positive
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record NeuronStatistics(float[] mean, float[] deviation) implements Serializable {

  /**
   * Standardises the features of a set in place.
   *
   * @param features [setSize, N, 2]
   */
  public void standardize(Architecture architecture, float[] features) {
    NeuronSpace neurons = NeuronSpace.of(architecture);
    requireDepth(neurons);
    int at = 0;
    while (at < features.length) {
      for (int layer = 0; layer <= neurons.depth(); layer++) {
        for (int i = 0; i < neurons.width(layer); i++) {
          for (int c = 0; c < GradMetaNet.CHANNELS; c++, at++) {
            int k = layer * GradMetaNet.CHANNELS + c;
            features[at] = (features[at] - mean[k]) / deviation[k];
          }
        }
      }
    }
  }

  private void requireDepth(NeuronSpace neurons) {
    int layers = mean.length / GradMetaNet.CHANNELS;
    if (layers != neurons.depth() + 1) {
      throw new IllegalArgumentException(
          "gradient set statistics: expected networks of "
              + layers
              + " neuron layers, found one of "
              + (neurons.depth() + 1));
    }
  }

  /** Sums over part of a training split, in double precision; parts are merged in a fixed order. */
  public static final class Sums implements Serializable {
    private final ChannelSums channels;

    /** Sums of nothing, for networks of so many neuron layers. */
    public Sums(int layers) {
      channels = new ChannelSums(layers * GradMetaNet.CHANNELS);
    }

    /** Sums for networks of an architecture's depth. */
    public static Sums of(Architecture architecture) {
      return new Sums(NeuronSpace.of(architecture).depth() + 1);
    }

    /**
     * Adds the features of a set.
     *
     * @param features [setSize, N, 2]
     */
    public void add(Architecture architecture, float[] features) {
      NeuronSpace neurons = NeuronSpace.of(architecture);
      int at = 0;
      while (at < features.length) {
        for (int layer = 0; layer <= neurons.depth(); layer++) {
          for (int i = 0; i < neurons.width(layer); i++) {
            for (int c = 0; c < GradMetaNet.CHANNELS; c++, at++) {
              channels.add(layer * GradMetaNet.CHANNELS + c, features[at]);
            }
          }
        }
      }
    }

    /** Adds another part's sums. */
    public void add(Sums other) {
      channels.add(other.channels);
    }

    /** The statistics of everything added; a feature that never varies is only centred. */
    public NeuronStatistics statistics() {
      return new NeuronStatistics(channels.mean(), channels.deviation());
    }
  }
}
