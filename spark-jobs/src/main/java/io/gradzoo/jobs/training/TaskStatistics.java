package io.gradzoo.jobs.training;

import io.gradzoo.engine.metanet.gradmetanet.InputStatistics;
import io.gradzoo.engine.training.TargetStatistics;
import java.io.Serializable;

/**
 * What a training split's numbers are standardised with.
 *
 * @param input of its gradient sets; null for a model that reads weights
 * @param targets of what it predicts; null for accuracies
 */
public record TaskStatistics(InputStatistics input, TargetStatistics targets)
    implements Serializable {
  static final TaskStatistics NONE = new TaskStatistics(null, null);
}
