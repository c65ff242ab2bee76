package io.gradzoo.engine.metanet;

import io.gradzoo.engine.fault.Fault;
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
    return groupSize(layers(architecture));
  }

  @Override
  default Recording record(Tape tape, Architecture architecture) {
    return record(tape, layers(architecture));
  }

  private static LayeredArchitecture layers(Architecture architecture) {
    if (architecture instanceof LayeredArchitecture layers) {
      return layers;
    }
    throw Fault.of("network " + architecture.id())
        .expected("one of dense and convolution layers, as this metanetwork reads")
        .exception();
  }
}
