package io.gradzoo.jobs.inference;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.Workspace;
import java.io.Serializable;

/**
 * A metanetwork and what its outputs are read as, as a value that travels to executors.
 *
 * @param metanetwork what it is built from
 * @param objective what its outputs are read as
 */
public record Predictor(MetanetworkSpec metanetwork, Objective objective) implements Serializable {

  /** A metanetwork that predicts a share, such as an accuracy. */
  public static Predictor ofShare(MetanetworkSpec metanetwork) {
    return new Predictor(metanetwork, new Objective.Share());
  }

  public Workspace workspace() {
    return new Workspace(metanetwork.build(), objective);
  }
}
