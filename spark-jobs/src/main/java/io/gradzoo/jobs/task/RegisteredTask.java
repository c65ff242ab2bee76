package io.gradzoo.jobs.task;

/**
 * A task with what it is compared with.
 *
 * @param baselines of its evaluations
 */
public record RegisteredTask(MetanetworkTask task, TaskBaselines baselines) {}
