/**
 * The symmetries of target networks as actions: permutations, positive scalings, sign flips and
 * shifts of phase, on parameters and on gradients.
 *
 * <p>Knows target networks and their gradient sets but no metanetwork: metanetworks are judged by
 * it.
 *
 * <p>Read {@link Symmetry}, then {@link NeuronPermutation}, then {@link Rescaling}.
 */
package io.gradzoo.engine.symmetry;
