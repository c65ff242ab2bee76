package io.gradzoo.jobs.model.hybrid;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.InvariantNeuronFeatures;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.gradmetanet.InputChannels;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.model.NeuronPairs;

/**
 * Features of every neuron that no rescaling changes, [samples, N, 4], and the flat weights.
 *
 * @param samples in a set
 */
record InvariantsAndWeights(int samples) implements GradientInput {
  @Override
  public boolean usesWeights() {
    return true;
  }

  /** From true pairs at inputs and outputs: products of duplicates would lose their signs. */
  @Override
  public ExampleParts read(MemberGradients member) {
    float[] weights = member.weights();
    GradientSet set = member.layers();
    float[] pairs = NeuronPairs.of(set, Boundary.FULL, weights);
    int neurons = NeuronFeatures.neurons(set.architecture());
    float[] features = new float[set.samples() * neurons * InvariantNeuronFeatures.WIDTH];
    InvariantNeuronFeatures.write(set.samples(), neurons, pairs, 0, features, 0);
    return ExampleParts.ofFeatures(features).withWeights(weights);
  }

  @Override
  public InputChannels channels(Architecture architecture) {
    return InputChannels.ofNeurons(
        LayeredArchitecture.from(architecture), samples, InvariantNeuronFeatures.WIDTH);
  }
}
