package io.gradzoo.engine.metanet.gradmetanet;

import java.io.Serializable;

/** Counts, sums and sums of squares of the channels of features, in double precision. */
final class ChannelSums implements Serializable {
  private final double[] count;
  private final double[] sum;
  private final double[] squares;

  ChannelSums(int channels) {
    count = new double[channels];
    sum = new double[channels];
    squares = new double[channels];
  }

  void add(int channel, float value) {
    count[channel]++;
    sum[channel] += value;
    squares[channel] += (double) value * value;
  }

  void add(ChannelSums other) {
    for (int k = 0; k < sum.length; k++) {
      count[k] += other.count[k];
      sum[k] += other.sum[k];
      squares[k] += other.squares[k];
    }
  }

  float[] mean() {
    float[] mean = new float[sum.length];
    for (int k = 0; k < mean.length; k++) {
      mean[k] = (float) (sum[k] / count[k]);
    }
    return mean;
  }

  /** Standard deviations; 1 for a channel that never varies. */
  float[] deviation() {
    float[] deviation = new float[sum.length];
    for (int k = 0; k < deviation.length; k++) {
      double mean = sum[k] / count[k];
      double variance = Math.max(0, squares[k] / count[k] - mean * mean);
      deviation[k] = variance > 0 ? (float) Math.sqrt(variance) : 1f;
    }
    return deviation;
  }
}
