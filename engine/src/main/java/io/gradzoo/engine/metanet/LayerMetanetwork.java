package io.gradzoo.engine.metanet;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Tape;

/** A metanetwork on networks of dense and convolution layers. */
public interface LayerMetanetwork extends Metanetwork {

  /** As {@link Metanetwork#groupSize}. */
  int groupSize(LayeredArchitecture architecture);

  /** As {@link Metanetwork#record}. */
  Recording record(Tape tape, LayeredArchitecture architecture);

  @Override
  default int groupSize(Architecture architecture) {
    return groupSize(LayeredArchitecture.from(architecture));
  }

  @Override
  default Recording record(Tape tape, Architecture architecture) {
    return record(tape, LayeredArchitecture.from(architecture));
  }
}
