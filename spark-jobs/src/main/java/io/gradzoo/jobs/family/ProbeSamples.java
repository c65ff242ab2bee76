package io.gradzoo.jobs.family;

import io.gradzoo.engine.network.Shape;

/** Samples that gradients are taken on. */
public interface ProbeSamples {
  /** Their number. */
  int samples();

  /** Their numbers, [samples, inputs], channel-major. */
  float[] inputs();

  /**
   * Shape of the images.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if they are none, or it is not known
   */
  Shape imageShape();
}
