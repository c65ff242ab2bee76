/**
 * Target networks recorded on tapes, so that a device runs them and their adjoints, several
 * networks at a time.
 *
 * <p>Uses architectures and tapes. Knows no device, and nothing of how the CPU's own passes in
 * {@code engine.network} run the same networks.
 *
 * <p>Read {@link RecordedLayers}, then {@link ShownSamples}, then {@link JointTraining}.
 */
package io.gradzoo.engine.network.recorded;
