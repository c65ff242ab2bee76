package io.gradzoo.jobs.bench;

import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.MadeUpExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A target network as a metanetwork sees it, with random numbers.
 *
 * @param input flat parameters, or gradient features
 * @param target in [0, 1)
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record BenchExample(LayeredArchitecture architecture, ExampleParts input, float target) {
  /** The layered architectures of the members that a model reads, activations in turn. */
  static List<LayeredArchitecture> architectures(GradzooConfig config, ModelConfig model) {
    return MadeUpExamples.architectures(config, model).stream()
        .filter(LayeredArchitecture.class::isInstance)
        .map(LayeredArchitecture.class::cast)
        .toList();
  }

  /** So many networks, architectures in turn, weights normal with variance 1 / fan-in. */
  static List<BenchExample> networks(
      List<LayeredArchitecture> architectures, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<BenchExample> networks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LayeredArchitecture architecture = architectures.get(i % architectures.size());
      float[] parameters = new float[architecture.parameterCount()];
      for (AffineLayer layer : architecture.affineLayers()) {
        double deviation = 1 / Math.sqrt(layer.fanIn());
        int end = layer.biasOffset() + layer.out();
        for (int k = layer.weightOffset(); k < end; k++) {
          parameters[k] = (float) (deviation * random.nextGaussian());
        }
      }
      networks.add(
          new BenchExample(
              architecture, ExampleParts.ofWeights(parameters), (float) random.nextDouble()));
    }
    return networks;
  }

  /** So many sets of {@code setSize} gradients of an architecture, numbers normal. */
  static List<BenchExample> gradientSets(
      LayeredArchitecture architecture, int setSize, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int numbers = setSize * NeuronFeatures.neurons(architecture) * NeuronFeatures.WIDTH;
    List<BenchExample> sets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] features = new float[numbers];
      for (int k = 0; k < features.length; k++) {
        features[k] = (float) random.nextGaussian();
      }
      sets.add(
          new BenchExample(
              architecture, ExampleParts.ofFeatures(features), (float) random.nextDouble()));
    }
    return sets;
  }
}
