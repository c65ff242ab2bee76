/**
 * The study of Fisher diagonals: how well they are estimated from few gradients.
 *
 * <p>Trains through {@code jobs.rounds}. Never chooses by the networks it reports on.
 *
 * <p>Read {@link CurvatureStudy}, then {@link StudyRun}, then {@link Study}.
 */
package io.gradzoo.jobs.curvature;
