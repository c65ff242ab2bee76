package io.gradzoo.jobs.example;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.model.GradientInput;
import java.io.Serializable;
import java.util.List;

/**
 * From a gradient set to what a model reads: the set's features standardised, and beside them the
 * same as they are if it weighs the samples' squared gradients.
 *
 * @param gradients which numbers those are
 * @param statistics of the training split
 * @param reweights whether it does
 */
public record ModelInput(GradientInput gradients, TaskStatistics statistics, boolean reweights)
    implements Serializable {

  /**
   * The example as the model reads it.
   *
   * @throws IllegalArgumentException if the network is of another depth than the statistics
   */
  public Example prepare(Example raw) {
    float[] features = raw.input().features().clone();
    statistics.input().standardize(gradients.channels(raw.architecture()), features);
    ExampleParts read = raw.input().withFeatures(features);
    return new Example(
        raw.id(),
        raw.architecture(),
        reweights ? read.withRawFeatures(raw.input().features()) : read,
        raw.targets());
  }

  /** Likewise, of examples. */
  public List<Example> prepare(List<Example> raw) {
    return raw.stream().map(this::prepare).toList();
  }
}
