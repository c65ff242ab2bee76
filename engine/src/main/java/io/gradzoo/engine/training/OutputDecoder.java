package io.gradzoo.engine.training;

import io.gradzoo.engine.network.Architecture;
import java.io.Serializable;

/** Decodes the outputs of a metanetwork into predictions. */
@FunctionalInterface
public interface OutputDecoder extends Serializable {

  /**
   * The predictions for an example, in the units of its targets.
   *
   * @return a new array, [targets]
   */
  float[] decode(Outputs outputs, Example example);

  /**
   * The decoder of examples of one architecture, for one thread, with the memory that it needs;
   * this one, if it needs none.
   */
  default OutputDecoder forArchitecture(Architecture architecture) {
    return this;
  }
}
