package io.gradzoo.jobs.family;

import io.gradzoo.engine.gradient.Signal;

/** Takes gradients of networks of one architecture, in a workspace of its own. */
@FunctionalInterface
public interface Extraction {

  /**
   * The gradients of one network.
   *
   * @param parameters flat
   * @param probe samples
   * @param signal what is differentiated
   * @throws IllegalArgumentException if samples, targets or parameters do not fit the architecture
   */
  Chunk take(float[] parameters, ProbeSamples probe, Signal signal);
}
