package io.gradzoo.engine.metanet.hybrid;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.InvariantNeuronFeatures;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import java.util.List;

/** A network and inputs, and what a hybrid reads of them: features of the gradient set, network. */
record HybridExample(LayeredArchitecture architecture, float[] parameters, float[] inputs) {
  static final int SET = 12;

  static HybridExample random(LayeredArchitecture architecture, int seed) {
    float[] parameters = Initializer.NORMAL.parameters(architecture, 0.7, seed);
    return new HybridExample(architecture, parameters, inputs(architecture, seed));
  }

  /** The same network on other inputs. */
  HybridExample onOtherInputs(int seed) {
    return new HybridExample(architecture, parameters, inputs(architecture, seed));
  }

  /** Another network on the same inputs. */
  HybridExample with(float[] otherParameters) {
    return new HybridExample(architecture, otherParameters, inputs);
  }

  private static float[] inputs(LayeredArchitecture architecture, int seed) {
    return Vectors.gaussian(SET * architecture.input().size(), 1, seed);
  }

  /** Each neuron's pair (a, g). */
  ExampleParts pairs() {
    return withWeights(features(1));
  }

  /** Likewise, with the set backwards. */
  ExampleParts pairsBackwards() {
    return withWeights(features(-1));
  }

  /** Features that no rescaling changes. */
  ExampleParts invariants() {
    float[] pairs = features(1);
    float[] features = new float[2 * pairs.length];
    InvariantNeuronFeatures.write(SET, NeuronFeatures.neurons(architecture), pairs, 0, features, 0);
    return withWeights(features);
  }

  /** Each neuron's pair, twice: as wide as the invariant features. */
  ExampleParts pairsTwice() {
    float[] pairs = features(1);
    float[] features = new float[2 * pairs.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = pairs[i / 4 * 2 + i % 2];
    }
    return withWeights(features);
  }

  private ExampleParts withWeights(float[] features) {
    return ExampleParts.ofFeatures(features).withWeights(parameters);
  }

  private float[] features(int order) {
    int width = architecture.input().size();
    float[] probes = inputs.clone();
    int[] labels = new int[SET];
    for (int n = 0; n < SET; n++) {
      int from = order > 0 ? n : SET - 1 - n;
      System.arraycopy(inputs, from * width, probes, n * width, width);
      labels[n] = from % 2;
    }
    Signal signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels));
    List<DenseFactors> factors =
        new GradientExtraction(architecture)
            .extract(parameters, 0, probes, SET, signal).layers().stream()
                .map(layer -> (DenseFactors) layer)
                .toList();
    float[] pairs = new float[SET * NeuronFeatures.neurons(architecture) * 2];
    NeuronFeatures.write(architecture, Boundary.DUPLICATE, parameters, 0, factors, pairs, 0);
    return pairs;
  }
}
