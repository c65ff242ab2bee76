package io.gradzoo.jobs.model.hybrid;

import io.gradzoo.jobs.model.gradmetanet.GradMetaNetKind;

/** A ScaleGMN on weights and on what a GradMetaNet makes of gradient sets. */
public final class HybridKind extends FactorHybrid {
  /** The kind itself. */
  public HybridKind() {
    super(new GradMetaNetKind());
  }

  @Override
  public String name() {
    return "hybrid";
  }
}
