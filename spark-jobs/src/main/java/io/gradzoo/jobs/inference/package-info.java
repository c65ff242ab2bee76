/**
 * Inference: predictions of metanetworks, on executors or in one thread.
 *
 * <p>Sends primitive arrays and value records over the wire. A prediction does not depend on what
 * its workspace computed before.
 *
 * <p>Read {@link Predictor}, then {@link Predictions}, then {@link WorkspacePool}.
 */
package io.gradzoo.jobs.inference;
