package io.gradzoo.engine.pruning;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TrainableLayers;
import java.util.Arrays;

/**
 * How much the loss feels each parameter at first order: {@code |θ ⊙ ∇L(θ)|} over all images (SNIP,
 * Lee et al. 2019). No rescaling of the network changes it.
 */
public final class ConnectionSensitivity {
  private ConnectionSensitivity() {}

  /**
   * The scores.
   *
   * @param parameters flat
   * @return [parameters], not negative
   */
  public static float[] of(LayeredArchitecture architecture, float[] parameters, Samples images) {
    int[] order = new int[images.size()];
    Arrays.setAll(order, i -> i);
    float[] scores = new float[parameters.length];
    new TrainableLayers(architecture)
        .accumulate(parameters, images, order, 0, order.length, null, scores);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.abs(scores[i] * parameters[i]);
    }
    return scores;
  }
}
