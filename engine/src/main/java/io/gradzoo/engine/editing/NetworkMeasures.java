package io.gradzoo.engine.editing;

import io.gradzoo.engine.network.TrainableNetwork.LossAndAccuracy;
import java.io.Serializable;

/**
 * How good a network is on images, and how sparse.
 *
 * @param loss mean cross-entropy, in nats
 * @param accuracy share of right answers, in [0, 1]
 * @param objective the loss plus the weighted norm
 * @param norm ‖θ‖₁ over all weights and biases
 * @param small share of these below {@link EditedNetwork#SMALL} in absolute value
 */
public record NetworkMeasures(
    double loss, double accuracy, double objective, double norm, double small)
    implements Serializable {

  static NetworkMeasures of(LossAndAccuracy onImages, float[] parameters, double l1) {
    double norm = norm(parameters);
    int small = 0;
    for (float parameter : parameters) {
      if (Math.abs(parameter) < EditedNetwork.SMALL) {
        small++;
      }
    }
    return new NetworkMeasures(
        onImages.loss(),
        onImages.accuracy(),
        onImages.loss() + l1 * norm,
        norm,
        (double) small / parameters.length);
  }

  /** ‖θ‖₁. */
  static double norm(float[] parameters) {
    double norm = 0;
    for (float parameter : parameters) {
      norm += Math.abs(parameter);
    }
    return norm;
  }
}
