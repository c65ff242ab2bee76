package io.gradzoo.jobs.training;

import io.gradzoo.engine.metanet.curvature.SquaredGradients;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import java.io.Serializable;
import java.util.Arrays;

/**
 * From a gradient set to what a model reads: the set's numbers standardised, and behind them the
 * mean of the squared gradients, standardised like the targets, if it corrects that.
 *
 * @param gradients which numbers those are
 * @param statistics of the training split
 * @param corrects whether the estimate is read
 */
record ModelInput(GradientInput gradients, TaskStatistics statistics, boolean corrects)
    implements Serializable {

  /**
   * The example as the model reads it.
   *
   * @throws IllegalArgumentException if the network is of another depth than the statistics
   */
  Example of(Example raw) {
    Architecture architecture = Architecture.parse(raw.architecture());
    float[] features = raw.input().clone();
    statistics.input().standardize(gradients.channels(architecture), features);
    float[] input = corrects ? withEstimate(architecture, raw.input(), features) : features;
    return new Example(raw.id(), raw.architecture(), input, raw.targets());
  }

  private float[] withEstimate(Architecture architecture, float[] raw, float[] features) {
    float[] estimate = SquaredGradients.mean(architecture, raw);
    float[] input = Arrays.copyOf(features, features.length + estimate.length);
    for (int i = 0; i < estimate.length; i++) {
      input[features.length + i] = statistics.targets().standardized(estimate[i]);
    }
    return input;
  }
}
