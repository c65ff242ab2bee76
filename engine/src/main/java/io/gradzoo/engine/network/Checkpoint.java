package io.gradzoo.engine.network;

/**
 * A target network at one moment of its training, with mean losses (without the L2 penalty) and
 * shares of right answers, both without dropout.
 *
 * @param epoch passes done; 0 is before training
 * @param parameters flat vector, a copy of its own
 * @param trainLoss mean over the chosen training samples
 * @param trainAccuracy share in [0, 1]
 * @param testLoss mean over the test samples
 * @param testAccuracy share in [0, 1]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record Checkpoint(
    int epoch,
    float[] parameters,
    double trainLoss,
    double trainAccuracy,
    double testLoss,
    double testAccuracy) {}
