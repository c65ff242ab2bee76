package io.gradzoo.engine.network;

import java.util.SplittableRandom;

/**
 * An untrained network whose every weight and bias is drawn from the unit normal distribution, as
 * in the curvature task of GradMetaNet (App. F.1).
 */
public final class GaussianNetwork {
  private GaussianNetwork() {}

  /**
   * Parameters of a fresh network; a function of the arguments alone.
   *
   * @return flat parameter vector
   */
  public static float[] parameters(LayeredArchitecture architecture, long seed) {
    SplittableRandom random = RandomStream.PARAMETERS.random(seed, 0);
    float[] parameters = new float[architecture.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) random.nextGaussian();
    }
    return parameters;
  }
}
