package io.gradzoo.jobs.model.hybrid;

import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.model.gradmetanet.FactorKind;
import io.gradzoo.jobs.model.scalegmn.ScaleGmnKind;
import io.gradzoo.jobs.task.OutputShape;
import java.util.Set;

/** A kind whose models are a ScaleGMN on weights and on what a network makes of gradient sets. */
abstract class FactorHybrid implements MetanetworkKind {
  private final FactorKind gradients;

  FactorHybrid(FactorKind gradients) {
    this.gradients = gradients;
  }

  @Override
  public final Set<String> blocks() {
    return Set.of(HybridDesign.BLOCK, gradients.name(), ScaleGmnKind.BLOCK);
  }

  @Override
  public final MemberUse uses() {
    return MemberUse.FACTORS;
  }

  @Override
  public final Set<OutputShape> outputs() {
    return Set.of(OutputShape.NUMBERS);
  }

  @Override
  public final MetanetworkDesign read(Section model) {
    return HybridDesign.read(model, gradients.network(model));
  }
}
