package io.gradzoo.jobs.example;

import io.gradzoo.engine.metanet.gradmetanet.InputStatistics;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.task.PredictionTask;
import java.io.Serializable;

/**
 * What a training split's numbers are standardised with.
 *
 * @param input of its gradient sets; null for a model that reads weights
 * @param targets of what it predicts; null for accuracies
 */
public record TaskStatistics(InputStatistics input, TargetStatistics targets)
    implements Serializable {
  public static final TaskStatistics NONE = new TaskStatistics(null, null);

  /** What the outputs of a model are read as. */
  public Objective objective(ModelConfig model) {
    return objective(model.task(), model.reweightsEstimate());
  }

  /** Likewise, of a model with such a task. */
  Objective objective(PredictionTask task, boolean reweights) {
    if (!task.curvature()) {
      return new Objective.Share();
    }
    return reweights ? new Objective.Unscaled(targets) : new Objective.Standardized(targets);
  }
}
