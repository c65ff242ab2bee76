package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * How many rows become one: the paper's sum, or the mean, whose size does not grow with set and
 * network.
 */
public enum Reduction {
  SUM,
  MEAN;

  /** Over one axis of a grid [first · second, f]. */
  Tensor over(Tape tape, Tensor x, int first, GridAxis axis) {
    return this == SUM ? tape.gridSum(x, first, axis) : tape.gridMean(x, first, axis);
  }

  /** What a sum of {@code terms} terms is multiplied by. */
  float factor(int terms) {
    return this == SUM ? 1f : 1f / terms;
  }

  /** How often a term that is the same for all {@code terms} is counted. */
  int count(int terms) {
    return this == SUM ? terms : 1;
  }

  /** Over all rows, [n, f] → [1, f]. */
  Tensor overRows(Tape tape, Tensor x) {
    return this == SUM ? tape.sumRows(x) : tape.meanRows(x);
  }
}
