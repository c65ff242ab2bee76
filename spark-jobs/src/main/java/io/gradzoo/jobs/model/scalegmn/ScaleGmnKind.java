package io.gradzoo.jobs.model.scalegmn;

import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.task.OutputShape;
import java.util.EnumSet;
import java.util.Set;

/** A ScaleGMN (Kalogeropoulos et al. 2024). */
public final class ScaleGmnKind implements MetanetworkKind {
  /** The block that the kind has, and others that have such a network in them. */
  public static final String BLOCK = "scalegmn";

  @Override
  public String name() {
    return BLOCK;
  }

  @Override
  public MemberUse uses() {
    return MemberUse.WEIGHTS;
  }

  @Override
  public Set<OutputShape> outputs() {
    return EnumSet.of(OutputShape.NUMBERS, OutputShape.PARAMETER_CHANGES);
  }

  @Override
  public MetanetworkDesign read(Section model) {
    return ScaleGmnDesign.read(model.section(BLOCK));
  }
}
