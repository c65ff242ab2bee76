/**
 * What models predict of members.
 *
 * <p>Knows no kind of model: a task says what outputs it needs, and a kind which outputs it has.
 *
 * <p>Read {@link PredictionTask}, then {@link OutputShape}.
 */
package io.gradzoo.jobs.task;
