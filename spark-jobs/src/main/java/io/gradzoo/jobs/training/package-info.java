/**
 * The job that trains a metanetwork on Spark and publishes its run directory.
 *
 * <p>Puts examples, rounds and run directory together and knows the inside of none.
 *
 * <p>Read {@link TrainingJob}.
 */
package io.gradzoo.jobs.training;
