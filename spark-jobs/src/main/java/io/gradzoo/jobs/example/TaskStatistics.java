package io.gradzoo.jobs.example;

import io.gradzoo.engine.metanet.gradmetanet.InputStatistics;
import io.gradzoo.engine.training.TargetStatistics;
import java.io.Serializable;

/**
 * What a training split's numbers are standardised with.
 *
 * @param input of its gradient sets; null for a model that reads weights
 * @param targets of what it predicts; null if the task does not standardise
 */
public record TaskStatistics(InputStatistics input, TargetStatistics targets)
    implements Serializable {
  public static final TaskStatistics NONE = new TaskStatistics(null, null);
}
