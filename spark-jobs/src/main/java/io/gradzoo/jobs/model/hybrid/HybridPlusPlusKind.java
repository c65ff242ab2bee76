package io.gradzoo.jobs.model.hybrid;

import io.gradzoo.jobs.model.plusplus.PlusPlusKind;

/** A ScaleGMN on weights and on what a GradMetaNet++ makes of gradient sets. */
public final class HybridPlusPlusKind extends FactorHybrid {
  /** The kind itself. */
  public HybridPlusPlusKind() {
    super(new PlusPlusKind());
  }

  @Override
  public String name() {
    return "hybrid_plus_plus";
  }
}
