/**
 * Group actions on target networks: permutations, positive scalings, sign flips and phase shifts,
 * of parameters and of gradients.
 *
 * <p>Knows target networks and their gradient sets but no metanetwork: it is what metanetworks are
 * tested with.
 *
 * <p>Read {@link Symmetry}, then {@link NeuronPermutation}, then {@link Rescaling}.
 */
package io.gradzoo.engine.symmetry;
