package io.gradzoo.jobs.model.gradmetanet;

import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.task.OutputShape;
import java.util.EnumSet;
import java.util.Set;

/** A kind whose models are one network on gradient factors. */
public abstract class FactorKind implements MetanetworkKind {
  @Override
  public final MemberUse uses() {
    return MemberUse.FACTORS;
  }

  @Override
  public final Set<OutputShape> outputs() {
    return EnumSet.of(OutputShape.NUMBERS, OutputShape.EVERY_PARAMETER);
  }

  @Override
  public final MetanetworkDesign read(Section model) {
    return new FactorDesign(network(model));
  }

  /**
   * Reads the network's block, which has the kind's name. Models of other kinds may have one too.
   *
   * @param model the block of a model
   */
  public abstract FactorNetwork network(Section model);
}
