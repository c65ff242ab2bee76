/**
 * Job: whether a GPU computes what the CPU does.
 *
 * <p>Needs neither Spark nor a config; reads and writes no tables.
 *
 * <p>Read {@link GpuCheck}, then {@link CheckedTraining}.
 */
package io.gradzoo.jobs.gpu;
