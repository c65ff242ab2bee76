/**
 * Training of metanetworks in rounds of parameter averaging, on Spark or in one thread.
 *
 * <p>Reads examples and knows neither tables nor files. A result depends on logical shards alone,
 * never on executors, partitions or retries.
 *
 * <p>Read {@link AveragedTraining}, then {@link AveragingRounds}, then {@link LocalTraining}.
 */
package io.gradzoo.jobs.rounds;
