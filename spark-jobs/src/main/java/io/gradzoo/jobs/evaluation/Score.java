package io.gradzoo.jobs.evaluation;

import io.gradzoo.jobs.prediction.Agreement;

/**
 * One row of an evaluation's table.
 *
 * @param name of the predictor
 * @param role what it is there for
 * @param agreement on the test split
 * @param parameters learned numbers
 * @param seconds it took to train
 */
public record Score(String name, Role role, Agreement agreement, long parameters, double seconds) {
  /** What a predictor is there for. */
  public enum Role {
    METANETWORK,
    BASELINE
  }
}
