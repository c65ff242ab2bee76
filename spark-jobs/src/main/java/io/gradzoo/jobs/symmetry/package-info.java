/**
 * The symmetry check: how exactly a trained metanetwork respects its symmetries on a zoo.
 *
 * <p>Permutes and rescales the target network itself and computes its gradients again, so that it
 * need not trust the engine's actions on features.
 *
 * <p>Read {@link SymmetryCheck}, then {@link Change}, then {@link Subject}.
 */
package io.gradzoo.jobs.symmetry;
