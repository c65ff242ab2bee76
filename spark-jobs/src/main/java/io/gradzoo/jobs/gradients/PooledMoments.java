package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.LayerMoments;

/**
 * Moments of one layer over the chunks of a set, weighted by their samples and summed in double.
 */
final class PooledMoments {
  private LayerMoments only;
  private double[][] sums;
  private int samples;

  /** Counts a chunk in. */
  void add(LayerMoments chunk, int count) {
    if (samples == 0) {
      only = chunk;
    } else {
      if (sums == null) {
        sums = weighted(new double[4][], only, samples);
      }
      weighted(sums, chunk, count);
    }
    samples += count;
  }

  /** The moments over all chunks; of a single one, its own. */
  LayerMoments moments() {
    return sums == null
        ? only
        : new LayerMoments(mean(sums[0]), mean(sums[1]), mean(sums[2]), mean(sums[3]));
  }

  private static double[][] weighted(double[][] sums, LayerMoments chunk, int count) {
    float[][] means = {
      chunk.meanWeight(), chunk.meanSquaredWeight(), chunk.meanBias(), chunk.meanSquaredBias()
    };
    for (int moment = 0; moment < means.length; moment++) {
      float[] mean = means[moment];
      if (sums[moment] == null) {
        sums[moment] = new double[mean.length];
      }
      for (int i = 0; i < mean.length; i++) {
        sums[moment][i] += (double) mean[i] * count;
      }
    }
    return sums;
  }

  private float[] mean(double[] sum) {
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / samples);
    }
    return mean;
  }
}
