/**
 * Baselines that metanetworks are compared with: simpler learners on the same members and splits,
 * each with the best of several settings, and estimators of Fisher diagonals that learn little or
 * nothing.
 *
 * <p>Settings are chosen on the validation split, as a user chooses those of a metanetwork. The
 * test split is never looked at before. Knows no task: a task says which of them stand beside its
 * models.
 *
 * <p>Read {@link BaselineSetting}, then {@link Baselines}, then {@link Estimator}.
 */
package io.gradzoo.jobs.baseline;
