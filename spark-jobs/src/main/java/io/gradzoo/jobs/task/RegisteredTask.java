package io.gradzoo.jobs.task;

/**
 * A task with its baselines and its section of a report.
 *
 * @param baselines of its evaluations
 * @param section of its models in a report
 */
public record RegisteredTask(MetanetworkTask task, TaskBaselines baselines, TaskSection section) {

  /** A task that predicts numbers. */
  public RegisteredTask(MetanetworkTask task, TaskBaselines baselines) {
    this(task, baselines, new PredictionSection());
  }
}
