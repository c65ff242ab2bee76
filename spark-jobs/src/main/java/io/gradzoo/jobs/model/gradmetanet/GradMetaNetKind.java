package io.gradzoo.jobs.model.gradmetanet;

import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.jobs.config.block.Section;

/** A GradMetaNet (eq. 9 of Gelberg et al. 2025). */
public final class GradMetaNetKind extends FactorKind {
  @Override
  public String name() {
    return "gradmetanet";
  }

  @Override
  public FactorNetwork network(Section model) {
    Section section = model.section(name());
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
