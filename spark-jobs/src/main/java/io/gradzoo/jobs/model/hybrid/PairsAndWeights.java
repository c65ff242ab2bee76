package io.gradzoo.jobs.model.hybrid;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.gradmetanet.InputChannels;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.model.NeuronPairs;

/**
 * (a, g) of every neuron, [samples, N, 2], and the flat weights.
 *
 * @param samples in a set
 */
record PairsAndWeights(int samples) implements GradientInput {
  @Override
  public boolean usesWeights() {
    return true;
  }

  @Override
  public ExampleParts read(MemberGradients member) {
    float[] weights = member.weights();
    return ExampleParts.ofFeatures(NeuronPairs.of(member.layers(), Boundary.DUPLICATE, weights))
        .withWeights(weights);
  }

  @Override
  public InputChannels channels(Architecture architecture) {
    return InputChannels.ofNeurons(
        LayeredArchitecture.from(architecture), samples, NeuronFeatures.WIDTH);
  }
}
