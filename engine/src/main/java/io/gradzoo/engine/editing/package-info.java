/**
 * Metanetworks that change networks: the edited network θ + f(θ), its loss on images, and the
 * descent that it is compared with.
 *
 * <p>Runs target networks and knows no kind of metanetwork: outputs say for which parameter each of
 * their numbers stands.
 *
 * <p>Read {@link EditObjective}, then {@link EditedNetwork}, then {@link ContinuedTraining}.
 */
package io.gradzoo.engine.editing;
