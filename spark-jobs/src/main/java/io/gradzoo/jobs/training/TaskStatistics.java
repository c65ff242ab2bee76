package io.gradzoo.jobs.training;

import io.gradzoo.engine.metanet.gradmetanet.NeuronStatistics;
import io.gradzoo.engine.training.TargetStatistics;
import java.io.Serializable;

/**
 * What a training split's numbers are standardised with.
 *
 * @param neurons of its neuron features; null for a model that reads weights
 * @param targets of what it predicts; null for accuracies
 */
public record TaskStatistics(NeuronStatistics neurons, TargetStatistics targets)
    implements Serializable {
  static final TaskStatistics NONE = new TaskStatistics(null, null);
}
