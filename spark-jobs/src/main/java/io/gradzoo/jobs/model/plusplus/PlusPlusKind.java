package io.gradzoo.jobs.model.plusplus;

import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlusConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.model.gradmetanet.BaseEstimate;
import io.gradzoo.jobs.model.gradmetanet.FactorKind;
import io.gradzoo.jobs.model.gradmetanet.FactorNetwork;

/** A GradMetaNet++ (App. D.2 of Gelberg et al. 2025). */
public final class PlusPlusKind extends FactorKind {
  @Override
  public String name() {
    return "gradmetanet_plus_plus";
  }

  @Override
  public FactorNetwork network(Section model) {
    Section section = model.section(name());
    int width = section.count("width", 1, 4096);
    int blocks = section.count("blocks", 1, 64);
    int heads = section.count("heads", 1, 64);
    int positionWidth = section.evenCount("position-dimension", 2, 4096);
    BaseEstimate estimate = section.choice("estimate", BaseEstimate.class);
    section.finish();
    return new FactorNetwork(
        (samples, head) ->
            new GradMetaNetPlusPlusConfig(
                samples, positionWidth, width, blocks, heads, Reduction.MEAN, head),
        estimate);
  }
}
