package io.gradzoo.jobs.model.convolution;

import static io.gradzoo.jobs.model.SymmetryPromise.notices;
import static io.gradzoo.jobs.model.SymmetryPromise.respects;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConvolutionConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
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
 * @param sizes all but gradient sets, kernels and the numbers it says
 */
record ConvolutionDesign(ConvolutionSizes sizes) implements MetanetworkDesign {

  /** All that shapes the network but gradient sets, kernels and the numbers it says. */
  @FunctionalInterface
  interface ConvolutionSizes {
    GradMetaNetConvolutionConfig with(int samples, int kernel, int numbers);
  }

  static ConvolutionDesign read(Section section) {
    int width = section.count("width", 1, 4096);
    int tokenWidth = section.count("token-width", 1, 4096);
    int setLayers = section.count("set-layers", 1, 64);
    int neuronLayers = section.count("neuron-layers", 1, 64);
    int positionWidth = section.evenCount("position-dimension", 2, 4096);
    section.finish();
    return new ConvolutionDesign(
        (samples, kernel, numbers) ->
            new GradMetaNetConvolutionConfig(
                samples,
                kernel,
                positionWidth,
                width,
                tokenWidth,
                width,
                setLayers,
                neuronLayers,
                width,
                width,
                Reduction.MEAN,
                new GradMetaNetHead.InvariantVector(numbers)));
  }

  @Override
  public Optional<GradientInput> gradients(int samples) {
    return Optional.of(new Maps(samples));
  }

  @Override
  public MetanetworkSpec spec(TargetNetworks targets) {
    return sizes.with(targets.samples(), kernel(targets), targets.numbers());
  }

  @Override
  public List<SymmetryPromise> symmetries(TargetNetworks targets) {
    return List.of(
        respects(Transformation.PERMUTATION),
        respects(Transformation.SET_ORDER),
        notices(Transformation.RESCALING));
  }

  private static int kernel(TargetNetworks targets) {
    Set<Integer> kernels = new TreeSet<>();
    for (LayeredArchitecture architecture : targets.layered()) {
      architecture.affineLayers().stream()
          .filter(AffineLayer::convolution)
          .forEach(layer -> kernels.add(layer.kernel()));
    }
    return targets.only(kernels, "members with kernels of one side", "sides " + kernels);
  }
}
