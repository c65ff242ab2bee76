package io.gradzoo.jobs.config;

import io.gradzoo.engine.network.Architecture;

/** The two kinds of zoo members, which have gradient factors of different forms. */
public enum MemberFamily {
  /** Every affine layer is dense. */
  MLP,
  /** Convolutions, global average pooling, dense layers. */
  CNN;

  /** The family of an architecture. */
  public static MemberFamily of(Architecture architecture) {
    return architecture.mlp() ? MLP : CNN;
  }

  /** The name that stands in tables and configs. */
  public String id() {
    return this == MLP ? "mlp" : "cnn";
  }
}
