package io.gradzoo.jobs.model.hybrid;

import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.model.plusplus.PlusPlusKind;
import io.gradzoo.jobs.model.scalegmn.ScaleGmnKind;
import io.gradzoo.jobs.task.OutputShape;
import java.util.Set;

/** A ScaleGMN on weights and on what a GradMetaNet++ makes of gradient sets. */
public final class HybridPlusPlusKind implements MetanetworkKind {
  @Override
  public String name() {
    return "hybrid_plus_plus";
  }

  @Override
  public Set<String> blocks() {
    return Set.of(HybridDesign.BLOCK, PlusPlusKind.BLOCK, ScaleGmnKind.BLOCK);
  }

  @Override
  public MemberUse uses() {
    return MemberUse.FACTORS;
  }

  @Override
  public Set<OutputShape> outputs() {
    return Set.of(OutputShape.NUMBERS);
  }

  @Override
  public MetanetworkDesign read(Section model) {
    return HybridDesign.read(model, PlusPlusKind.network(model));
  }
}
