package io.gradzoo.jobs.model.transformer;

import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.task.OutputShape;
import java.util.Set;

/**
 * A GradMetaNet on the gradient sets of transformers, whose elements are tokens (App. B of Gelberg
 * et al. 2025).
 */
public final class TransformerKind implements MetanetworkKind {
  private static final String NAME = "gradmetanet_transformer";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public MemberUse uses() {
    return MemberUse.TOKENS;
  }

  @Override
  public Set<OutputShape> outputs() {
    return Set.of(OutputShape.NUMBERS);
  }

  @Override
  public MetanetworkDesign read(Section model) {
    return TransformerDesign.read(model.section(NAME));
  }
}
