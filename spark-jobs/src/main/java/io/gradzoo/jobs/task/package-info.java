/**
 * Tasks, as the rest of the jobs knows them: an interface that each task implements in a folder of
 * its own, and what tasks have in common.
 *
 * <p>Names no task and no kind of model: a task says what outputs it needs, and a kind which
 * outputs it has. A task knows neither tables nor jobs.
 *
 * <p>Read {@link MetanetworkTask}, then {@link TaskBaselines}, then {@link OutputShape}.
 */
package io.gradzoo.jobs.task;
