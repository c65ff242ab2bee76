package io.gradzoo.jobs.model.convolution;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.gradmetanet.ConvolutionSetLayout;
import io.gradzoo.engine.metanet.gradmetanet.InputChannels;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.model.GradientInput;

/**
 * Maps, signals, weights and moments, as {@link ConvolutionSetLayout} says.
 *
 * @param samples in a set
 */
record Maps(int samples) implements GradientInput {
  @Override
  public boolean usesWeights() {
    return true;
  }

  @Override
  public ExampleParts read(MemberGradients member) {
    var set = member.maps();
    return ExampleParts.ofFeatures(
        new ConvolutionSetLayout(set.architecture(), samples).example(member.weights(), set));
  }

  @Override
  public InputChannels channels(Architecture architecture) {
    return new ConvolutionSetLayout(LayeredArchitecture.from(architecture), samples).channels();
  }
}
