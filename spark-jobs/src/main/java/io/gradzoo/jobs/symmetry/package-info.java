/**
 * Measures on a user's own model and zoo how well a metanetwork respects its symmetries.
 *
 * <p>Permutes and rescales the target network itself and takes its gradients again, so that the
 * engine's own symmetries of features are not what is trusted.
 *
 * <p>Read {@link SymmetryCheck}, then {@link Change}, then {@link Subject}.
 */
package io.gradzoo.jobs.symmetry;
