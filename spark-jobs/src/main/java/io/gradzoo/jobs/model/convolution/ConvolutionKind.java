package io.gradzoo.jobs.model.convolution;

import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.task.OutputShape;
import java.util.Set;

/**
 * A GradMetaNet on the gradient sets of networks with convolutions, whose neurons are channels; our
 * own extension.
 */
public final class ConvolutionKind implements MetanetworkKind {
  private static final String NAME = "gradmetanet_convolution";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public MemberUse uses() {
    return MemberUse.MAPS;
  }

  @Override
  public Set<OutputShape> outputs() {
    return Set.of(OutputShape.NUMBERS);
  }

  @Override
  public MetanetworkDesign read(Section model) {
    return ConvolutionDesign.read(model.section(NAME));
  }
}
