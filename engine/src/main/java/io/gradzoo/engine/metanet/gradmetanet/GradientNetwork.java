package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.Tape;

/** A metanetwork on gradient sets that can be part of a larger one. */
public interface GradientNetwork extends LayerMetanetwork {

  /**
   * Records the computation on a tape of the caller's, whose parameters contain those of {@link
   * #layout}.
   */
  Recording record(Tape tape, Architecture architecture);
}
