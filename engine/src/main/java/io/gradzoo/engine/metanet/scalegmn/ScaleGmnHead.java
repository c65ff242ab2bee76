package io.gradzoo.engine.metanet.scalegmn;

import java.io.Serializable;

/** The head of a {@link ScaleGmn}. */
public sealed interface ScaleGmnHead extends Serializable {
  /** A vector that no symmetry changes. */
  record Invariant(ScaleGmnConfig.ReadoutNodes readout, int outputs) implements ScaleGmnHead {}

  /**
   * A change of every weight and bias, times one learned scale per tensor.
   *
   * @param edges what the change of a weight is made of
   */
  record ParameterDeltas(float initialScale, WeightTerms edges) implements ScaleGmnHead {
    /** Gated weights alone, as in the public code. */
    public ParameterDeltas(float initialScale) {
      this(initialScale, WeightTerms.GATED);
    }
  }

  /** What the change of a weight is made of. */
  enum WeightTerms {
    /** The edge's own features, times a number that no rescaling changes. */
    GATED,
    /** And products of its ends' features, as a gradient is one of signal and activation. */
    GATED_AND_PRODUCTS
  }

  /** One number per node and {@code edgeWidth} per edge: as many as the largest kernel has. */
  record GraphDeltas(int edgeWidth) implements ScaleGmnHead {}
}
