package io.gradzoo.jobs.example;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.model.GradientInput;
import java.io.Serializable;
import java.util.List;

/**
 * Turns a gradient set into a model's input: standardised features and, if the model reweights
 * samples, the raw ones beside them.
 *
 * @param gradients what the model reads from a gradient set
 * @param statistics of the training split
 * @param reweights whether the model reweights samples
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
