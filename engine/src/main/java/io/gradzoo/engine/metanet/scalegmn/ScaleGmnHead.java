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
   * @param gauge in which ReLU networks are read
   */
  record ParameterDeltas(float initialScale, WeightTerms edges, WeightGauge gauge)
      implements ScaleGmnHead {
    /** Gated weights alone, as in the public code. */
    public ParameterDeltas(float initialScale) {
      this(initialScale, WeightTerms.GATED, WeightGauge.AS_GIVEN);
    }
  }

  /**
   * In which gauge the weights of ReLU networks are read, where positive factors are respected: how
   * what transforms inversely to a feature is made.
   */
  enum WeightGauge {
    /** As they are; what transforms inversely is a reciprocal, without bound where they vanish. */
    AS_GIVEN,
    /**
     * In the {@link io.gradzoo.engine.symmetry.BalancedGauge}, where nothing is divided by a weight
     * or a feature: {@code w_ij c_j / c_i} is what {@code w_ij c_j² / c_i²} in the backward
     * direction, and h / c² in products, come to.
     */
    BALANCED
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
