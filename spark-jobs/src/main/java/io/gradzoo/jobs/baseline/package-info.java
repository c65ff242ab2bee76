/**
 * Baselines that metanetworks are compared with: simpler learners on the same members and splits,
 * each with the best of several settings.
 *
 * <p>Settings are chosen on the validation split, as a user chooses those of a metanetwork. The
 * test split is never looked at before.
 *
 * <p>Read {@link Baseline}, then {@link Baselines}.
 */
package io.gradzoo.jobs.baseline;
