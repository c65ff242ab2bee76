/**
 * The job that trains a metanetwork on Spark and publishes its run directory.
 *
 * <p>Combines examples, rounds and the run directory through their public interfaces.
 *
 * <p>Read {@link TrainingJob}, then {@link Training}.
 */
package io.gradzoo.jobs.training;
