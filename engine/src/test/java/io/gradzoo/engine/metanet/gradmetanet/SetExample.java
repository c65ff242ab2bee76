package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import java.util.List;
import java.util.SplittableRandom;

/** A random network and its gradient set on random inputs. */
record SetExample(
    LayeredArchitecture architecture,
    Boundary boundary,
    float[] parameters,
    float[] inputs,
    int[] labels) {
  static final int SIZE = 32;

  static SetExample random(LayeredArchitecture architecture, Boundary boundary, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] inputs = new float[SIZE * architecture.input().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    int[] labels = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      labels[i] = random.nextInt(architecture.outputs());
    }
    float[] parameters = Initializer.NORMAL.parameters(architecture, 0.7, seed);
    return new SetExample(architecture, boundary, parameters, inputs, labels);
  }

  /** The network with its hidden neurons in another order; the gradients are taken anew. */
  SetExample permuted(int seed) {
    float[] moved = NeuronPermutation.random(architecture, seed).apply(architecture, parameters);
    return new SetExample(architecture, boundary, moved, inputs, labels);
  }

  /** Neuron features [SIZE, N, 2]. */
  float[] features() {
    Signal signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels));
    GradientSet set =
        new GradientExtraction(architecture).extract(parameters, 0, inputs, SIZE, signal);
    List<DenseFactors> factors = set.layers().stream().map(layer -> (DenseFactors) layer).toList();
    float[] features = new float[SIZE * NeuronFeatures.neurons(architecture) * 2];
    NeuronFeatures.write(architecture, boundary, parameters, 0, factors, features, 0);
    return features;
  }

  /** Features with the elements of the set in another order. */
  float[] otherOrder(int seed) {
    float[] features = features();
    float[] shuffled = new float[features.length];
    int block = features.length / SIZE;
    for (int n = 0; n < SIZE; n++) {
      System.arraycopy(features, (n * 5 + seed) % SIZE * block, shuffled, n * block, block);
    }
    return shuffled;
  }

  /** Features with the network's parameters. */
  ExampleParts with(float[] features) {
    return ExampleParts.ofFeatures(features).withWeights(parameters);
  }
}
