package io.gradzoo.jobs.model;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.gradmetanet.InputChannels;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.MemberGradients;
import java.util.List;

/**
 * (a, g) of every neuron of dense layers, [samples, N, 2].
 *
 * @param samples in a set
 */
public record NeuronPairs(int samples) implements GradientInput {
  @Override
  public boolean usesWeights() {
    return false;
  }

  @Override
  public ExampleParts read(MemberGradients member) {
    return ExampleParts.ofFeatures(of(member.layers(), Boundary.DUPLICATE, new float[0]));
  }

  @Override
  public InputChannels channels(Architecture architecture) {
    return InputChannels.ofNeurons(
        LayeredArchitecture.from(architecture), samples, NeuronFeatures.WIDTH);
  }

  /**
   * The pairs of a set.
   *
   * @param boundary what inputs and outputs have in place of what they lack
   * @param network flat weights; not read with {@link Boundary#DUPLICATE}
   * @return [samples, N, 2]
   */
  public static float[] of(GradientSet set, Boundary boundary, float[] network) {
    LayeredArchitecture architecture = set.architecture();
    List<DenseFactors> factors = set.layers().stream().map(layer -> (DenseFactors) layer).toList();
    float[] pairs =
        new float[set.samples() * NeuronFeatures.neurons(architecture) * NeuronFeatures.WIDTH];
    NeuronFeatures.write(architecture, boundary, network, 0, factors, pairs, 0);
    return pairs;
  }
}
