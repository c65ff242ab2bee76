package io.gradzoo.jobs.model.gradmetanet;

import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.task.OutputShape;
import java.util.EnumSet;
import java.util.Set;

/** A GradMetaNet (eq. 9 of Gelberg et al. 2025). */
public final class GradMetaNetKind implements MetanetworkKind {
  /** The block that the kind has, and others that have such a network in them. */
  public static final String BLOCK = "gradmetanet";

  @Override
  public String name() {
    return BLOCK;
  }

  @Override
  public MemberUse uses() {
    return MemberUse.FACTORS;
  }

  @Override
  public Set<OutputShape> outputs() {
    return EnumSet.of(OutputShape.NUMBERS, OutputShape.EVERY_PARAMETER);
  }

  @Override
  public MetanetworkDesign read(Section model) {
    return new FactorDesign(network(model));
  }

  /**
   * Reads the network's block.
   *
   * @param model the block of a model
   */
  public static FactorNetwork network(Section model) {
    Section section = model.section(BLOCK);
    int width = section.count("width", 1, 4096);
    int setLayers = section.count("set-layers", 1, 64);
    int neuronLayers = section.count("neuron-layers", 1, 64);
    int positionWidth = section.evenCount("position-dimension", 2, 4096);
    BaseEstimate estimate = section.choice("estimate", BaseEstimate.class);
    section.finish();
    return new FactorNetwork(
        (samples, head) ->
            new GradMetaNetConfig(
                samples, positionWidth, width, setLayers, neuronLayers, Reduction.MEAN, head),
        estimate);
  }
}
