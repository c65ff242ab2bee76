/**
 * Prunes members of a zoo in several ways, one of them by a trained model that changes networks,
 * and compares what they come to.
 *
 * <p>Writes a zoo of pruned members of its own and a file of the run; never into the zoo that it
 * reads.
 *
 * <p>Read {@link Pruning}, then {@link PruningMethod}, then {@link NetworkPruning}.
 */
package io.gradzoo.jobs.prune;
