package io.gradzoo.jobs.model.hybrid;

import java.util.Arrays;

/** Features of gradients, then the flat weights. */
final class Joined {
  private Joined() {}

  static float[] of(float[] features, float[] weights) {
    float[] all = Arrays.copyOf(features, features.length + weights.length);
    System.arraycopy(weights, 0, all, features.length, weights.length);
    return all;
  }
}
