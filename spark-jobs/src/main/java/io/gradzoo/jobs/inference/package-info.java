/**
 * Metanetworks at work on examples, on the executors or in one thread.
 *
 * <p>Sends primitive arrays and value records over the wire. What is predicted of an example
 * depends on nothing that a workspace was used for before.
 *
 * <p>Read {@link Predictor}, then {@link Predictions}, then {@link WorkspacePool}.
 */
package io.gradzoo.jobs.inference;
