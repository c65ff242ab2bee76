package io.gradzoo.jobs.model.transformer;

import static io.gradzoo.jobs.model.SymmetryPromise.notices;
import static io.gradzoo.jobs.model.SymmetryPromise.respects;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.metanet.gradmetanet.TransformerGradMetaNetSpec;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.SymmetryPromise;
import io.gradzoo.jobs.model.TargetNetworks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Its design.
 *
 * @param sizes all but gradient sets and the numbers it says
 */
record TransformerDesign(TransformerSizes sizes) implements MetanetworkDesign {

  /** All that shapes the network but gradient sets and the numbers it says. */
  @FunctionalInterface
  interface TransformerSizes {
    GradMetaNetConfig with(int samples, int numbers);
  }

  static TransformerDesign read(Section section) {
    int width = section.count("width", 1, 4096);
    int setLayers = section.count("set-layers", 1, 64);
    int neuronLayers = section.count("neuron-layers", 1, 64);
    int positionWidth = section.evenCount("position-dimension", 2, 4096);
    section.finish();
    return new TransformerDesign(
        (samples, numbers) ->
            new GradMetaNetConfig(
                samples,
                positionWidth,
                width,
                setLayers,
                neuronLayers,
                Reduction.MEAN,
                new GradMetaNetHead.InvariantVector(numbers)));
  }

  @Override
  public Optional<GradientInput> gradients(int samples) {
    return Optional.of(new Tokens(samples));
  }

  @Override
  public MetanetworkSpec spec(TargetNetworks targets) {
    return new TransformerGradMetaNetSpec(
        sizes.with(targets.samples(), targets.numbers()), blocks(targets));
  }

  @Override
  public List<SymmetryPromise> symmetries(TargetNetworks targets) {
    return List.of(
        respects(Transformation.PERMUTATION),
        respects(Transformation.SET_ORDER),
        notices(Transformation.TOKEN_IDS));
  }

  private static int blocks(TargetNetworks targets) {
    Set<Integer> blocks = new TreeSet<>();
    targets
        .architectures()
        .forEach(each -> blocks.add(TransformerArchitecture.from(each).blocks()));
    return targets.only(blocks, "members of one number of blocks", blocks);
  }
}
