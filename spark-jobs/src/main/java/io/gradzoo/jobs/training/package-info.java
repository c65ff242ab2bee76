/**
 * Training of metanetworks on Spark in rounds of parameter averaging, and the run directory a
 * training leaves.
 *
 * <p>Sends primitive arrays and value records over the wire. A result depends on logical shards
 * alone, never on executors, partitions or retries.
 *
 * <p>Read {@link TrainingJob}, then {@link AveragedTraining}, then {@link RunDirectory}.
 */
package io.gradzoo.jobs.training;
