/**
 * Shows trainings and their evaluations where people look at them besides the run directory:
 * TensorBoard's event files and MLflow tracking servers.
 *
 * <p>Never ends a training or lets it wait: what fails is said in one line. Never decides a number
 * of a result.
 *
 * <p>Read {@link Tracking}, then {@link Tracker}.
 */
package io.gradzoo.jobs.tracking;
