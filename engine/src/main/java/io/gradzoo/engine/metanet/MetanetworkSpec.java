package io.gradzoo.engine.metanet;

import java.io.Serializable;

/**
 * Everything a metanetwork is made from, as a value: equal specs build equal metanetworks. It
 * travels to executors.
 */
public interface MetanetworkSpec extends Serializable {

  /** A metanetwork of this kind and these sizes. */
  Metanetwork build();
}
