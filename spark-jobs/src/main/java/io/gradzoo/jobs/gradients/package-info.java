/**
 * Gradient sets of a zoo's members as tables: computed in staged batches, and verified by computing
 * them again.
 *
 * <p>Uses the engine's extraction for every family behind one interface. Never publishes part of a
 * set, and leaves what is already there as it is.
 *
 * <p>Read {@link GradientComputation}, then {@link SetExtraction}, then {@link StagedSets}.
 */
package io.gradzoo.jobs.gradients;
