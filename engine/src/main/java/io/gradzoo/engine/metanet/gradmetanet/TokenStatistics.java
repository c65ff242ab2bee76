package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.gradient.transformer.TokenFeatures;
import io.gradzoo.engine.network.transformer.Space;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import java.io.Serializable;

/**
 * Mean and standard deviation of the token features of a training split: one pair for each space
 * and channel, over all sets, tokens and neurons of the space. Never per neuron, which would break
 * the symmetry. They are for transformers of one number of blocks and any widths.
 *
 * @param mean [channels of all spaces]
 * @param deviation [channels of all spaces], positive
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record TokenStatistics(float[] mean, float[] deviation) implements Serializable {

  /**
   * Standardises token features in place.
   *
   * @param features [tokens, spaces one after the other: neurons, channels]
   * @throws IllegalArgumentException if the transformer has another number of blocks
   */
  public void standardize(TransformerArchitecture architecture, float[] features) {
    if (mean.length != count(architecture.blocks())) {
      throw new IllegalArgumentException(
          "token statistics of "
              + mean.length
              + " channels: expected a transformer with as many, found "
              + architecture
              + " with "
              + count(architecture.blocks()));
    }
    int[] channels = channels(architecture);
    for (int i = 0; i < features.length; i++) {
      int k = channels[i % channels.length];
      features[i] = (features[i] - mean[k]) / deviation[k];
    }
  }

  /** Number of channels of all spaces. */
  private static int count(int blocks) {
    int count = 0;
    for (Space.Kind kind : Space.Kind.values()) {
      count += (kind.ofBlock() ? blocks : 1) * TokenFeatures.channels(kind, blocks);
    }
    return count;
  }

  /** Index of the channel of each number of a token. */
  private static int[] channels(TransformerArchitecture architecture) {
    int[] channels = new int[TokenFeatures.width(architecture)];
    int at = 0;
    int first = 0;
    for (Space space : architecture.layout().spaces()) {
      int count = TokenFeatures.channels(space.kind(), architecture.blocks());
      for (int i = 0; i < space.width() * count; i++, at++) {
        channels[at] = first + i % count;
      }
      first += count;
    }
    return channels;
  }

  /** Sums over part of a training split, in double precision; parts are merged in a fixed order. */
  public static final class Sums implements Serializable {
    private final ChannelSums channels;

    /** Sums of nothing, for transformers of so many blocks. */
    public Sums(int blocks) {
      channels = new ChannelSums(TokenStatistics.count(blocks));
    }

    /**
     * Adds the features of a set.
     *
     * @param features [tokens, spaces one after the other: neurons, channels]
     */
    public void add(TransformerArchitecture architecture, float[] features) {
      int[] channelOf = channels(architecture);
      for (int i = 0; i < features.length; i++) {
        channels.add(channelOf[i % channelOf.length], features[i]);
      }
    }

    /** Adds another part's sums. */
    public void add(Sums other) {
      channels.add(other.channels);
    }

    /** The statistics of everything added; a channel that never varies is only centred. */
    public TokenStatistics statistics() {
      return new TokenStatistics(channels.mean(), channels.deviation());
    }
  }
}
