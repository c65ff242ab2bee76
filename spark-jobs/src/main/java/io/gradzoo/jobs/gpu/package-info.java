/**
 * Jobs: whether a GPU computes what the CPU does, and how fast it trains.
 *
 * <p>Needs neither Spark nor a config; reads and writes no tables.
 *
 * <p>Read {@link GpuCheck}, then {@link CheckedTraining}, then {@link GpuBench}.
 */
package io.gradzoo.jobs.gpu;
