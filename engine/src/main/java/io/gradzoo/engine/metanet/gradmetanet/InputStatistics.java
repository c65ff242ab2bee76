package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.statistics.RunningVariance;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Mean and standard deviation of the examples of a training split: one pair for each channel, such
 * as the signals of a layer, over all sets, samples and neurons (GradMetaNet App. F.1). Never per
 * neuron, which would break the symmetry.
 *
 * @param mean [channels]
 * @param deviation [channels], positive
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record InputStatistics(float[] mean, float[] deviation) implements Serializable {

  /**
   * Standardises the features of an example in place.
   *
   * @param channels of its numbers
   * @throws IllegalArgumentException if the statistics are for networks of another depth
   */
  public void standardize(InputChannels channels, float[] features) {
    if (mean.length != channels.count()) {
      throw Fault.of("gradient set statistics")
          .expected(
              "networks of " + (mean.length - channels.shared()) / channels.perLayer() + " layers")
          .found("one of " + channels.layers())
          .exception();
    }
    int[] of = channels.of();
    for (int i = 0; i < features.length; i++) {
      features[i] = (features[i] - mean[of[i]]) / deviation[of[i]];
    }
  }

  /**
   * Statistics of part of a training split, in double precision; parts are merged in a fixed order.
   */
  public static final class InputAccumulator implements Serializable {
    private final RunningVariance[] channels;

    /** Of nothing. */
    public InputAccumulator(int channels) {
      this.channels = new RunningVariance[channels];
      Arrays.setAll(this.channels, k -> new RunningVariance());
    }

    /** Adds the features of an example. */
    public void add(InputChannels of, float[] features) {
      int[] channel = of.of();
      for (int i = 0; i < features.length; i++) {
        channels[channel[i]].add(features[i]);
      }
    }

    /** Adds another part. */
    public void add(InputAccumulator other) {
      for (int k = 0; k < channels.length; k++) {
        channels[k].add(other.channels[k]);
      }
    }

    /** The statistics of everything added; a channel that never varies is only centred. */
    public InputStatistics statistics() {
      float[] mean = new float[channels.length];
      float[] deviation = new float[channels.length];
      for (int k = 0; k < channels.length; k++) {
        mean[k] = (float) channels[k].mean();
        deviation[k] = channels[k].floatScale();
      }
      return new InputStatistics(mean, deviation);
    }
  }
}
