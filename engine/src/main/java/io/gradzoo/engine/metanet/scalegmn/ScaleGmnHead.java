package io.gradzoo.engine.metanet.scalegmn;

import java.io.Serializable;

/** The head of a {@link ScaleGmn}. */
public sealed interface ScaleGmnHead extends Serializable {
  /** A vector that no symmetry changes. */
  record Invariant(ScaleGmnConfig.ReadoutNodes readout, int outputs) implements ScaleGmnHead {}

  /** A change of every weight and bias, times one learned scale per tensor. */
  record ParameterDeltas(float initialScale) implements ScaleGmnHead {}

  /** One number per node and {@code edgeWidth} per edge: as many as the largest kernel has. */
  record GraphDeltas(int edgeWidth) implements ScaleGmnHead {}
}
