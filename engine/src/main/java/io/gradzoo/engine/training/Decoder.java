package io.gradzoo.engine.training;

import java.io.Serializable;

/** Decodes the outputs of a metanetwork into predictions. */
@FunctionalInterface
public interface Decoder extends Serializable {

  /**
   * The predictions for an example, in the units of its targets.
   *
   * @return a new array, [targets]
   */
  float[] decode(Outputs outputs, Example example);
}
