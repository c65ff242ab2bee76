package io.gradzoo.jobs.task;

/**
 * A task with what it is compared with and what is shown of it.
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
