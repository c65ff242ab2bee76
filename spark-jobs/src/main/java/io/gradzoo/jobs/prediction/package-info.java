/**
 * A model's answer for a member, and how well answers agree with the truth.
 *
 * <p>Numbers only: no Spark, no tables, no config.
 *
 * <p>Read {@link Prediction}, then {@link Agreement}.
 */
package io.gradzoo.jobs.prediction;
