/**
 * Predictions of models, how well they agree with the targets, and how training went.
 *
 * <p>Numbers only: no Spark, no tables, no config.
 *
 * <p>Read {@link Prediction}, then {@link Agreement}.
 */
package io.gradzoo.jobs.prediction;
