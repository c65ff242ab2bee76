package io.gradzoo.engine.network;

/**
 * What becomes of the samples of an epoch that are left when they are too few for a whole batch.
 */
public enum LastStep {
  /** They are a step of their own. */
  SMALLER,
  /**
   * They are left out, as Keras leaves them out of the published zoos; an epoch has one step at
   * least.
   */
  LEFT_OUT;

  /** How many of an epoch's samples are trained on. */
  int samples(int all, int batchSize) {
    return this == LEFT_OUT && all > batchSize ? all - all % batchSize : all;
  }
}
