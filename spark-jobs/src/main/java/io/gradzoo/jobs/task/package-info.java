/**
 * Prediction tasks: the interface through which jobs use them, implemented by each task in a folder
 * of its own, and what tasks share.
 *
 * <p>Names no task and no kind of model: a task says what outputs it needs, and a kind which
 * outputs it has. A task knows neither tables nor jobs.
 *
 * <p>Read {@link MetanetworkTask}, then {@link TaskBaselines}, then {@link TaskSection}.
 */
package io.gradzoo.jobs.task;
