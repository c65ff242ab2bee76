/**
 * How well the Fisher diagonal of a network is estimated from few of its gradients.
 *
 * <p>Trains through {@code jobs.rounds}. Never chooses by the networks it reports on.
 *
 * <p>Read {@link CurvatureStudy}, then {@link StudyRun}, then {@link Study}.
 */
package io.gradzoo.jobs.curvature;
