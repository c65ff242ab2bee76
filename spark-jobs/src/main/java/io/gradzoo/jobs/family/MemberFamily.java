package io.gradzoo.jobs.family;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.config.block.ConfigSpelling;

/** The kinds of zoo members, which have gradient factors of different forms. */
public enum MemberFamily {
  /** Every affine layer is dense. */
  MLP,
  /** Convolutions, global average pooling, dense layers. */
  CNN,
  /** Transformers, which read images as tokens. */
  TRANSFORMER;

  /** The family of an architecture. */
  public static MemberFamily of(Architecture architecture) {
    if (architecture instanceof LayeredArchitecture layers) {
      return layers.mlp() ? MLP : CNN;
    }
    return TRANSFORMER;
  }

  /** The name that stands in tables and configs. */
  public String id() {
    return ConfigSpelling.name(this);
  }
}
