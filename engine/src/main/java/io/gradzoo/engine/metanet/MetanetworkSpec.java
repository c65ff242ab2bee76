package io.gradzoo.engine.metanet;

import java.io.Serializable;

/**
 * A serialisable description of a metanetwork: equal specs build equal metanetworks. It is sent to
 * executors.
 */
public interface MetanetworkSpec extends Serializable {

  /** Builds the metanetwork. */
  Metanetwork build();
}
