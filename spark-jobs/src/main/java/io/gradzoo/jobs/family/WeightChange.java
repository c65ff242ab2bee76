package io.gradzoo.jobs.family;

import io.gradzoo.engine.network.Architecture;

/**
 * A random change of the weights of target networks.
 *
 * @param name in the plural, for tables
 * @param transform how it is drawn and done
 */
public record WeightChange(String name, Transform transform) {

  /** Draws and does a change. */
  @FunctionalInterface
  public interface Transform {
    /**
     * The changed network.
     *
     * @param network flat parameters, which stay as they are
     */
    float[] apply(Architecture architecture, float[] network, long seed);
  }
}
