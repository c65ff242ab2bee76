package io.gradzoo.jobs.symmetry;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.training.TrainedModel;
import io.gradzoo.jobs.zoo.ZooImages;
import java.util.List;
import java.util.stream.IntStream;

/** Takes the gradient set of a network on the model's own probe set, as the model reads it. */
final class GradientReading implements Subject.Reading {
  private final TrainedModel model;
  private final ImageSet probe;
  private final Signal signal;

  GradientReading(TrainedModel model) {
    this.model = model;
    GradzooConfig config = model.config();
    this.probe =
        ZooImages.divided(config.zoo(), config.seed())
            .test()
            .select(IntStream.range(0, config.gradients().probeSamples()).toArray());
    this.signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(probe.labels()));
  }

  /** Images of the probe set. */
  int samples() {
    return probe.size();
  }

  @Override
  public float[] of(Architecture architecture, float[] network) {
    List<DenseFactors> factors =
        new GradientExtraction(architecture)
            .extract(network, 0, probe.pixels(), probe.size(), signal).layers().stream()
                .map(layer -> (DenseFactors) layer)
                .toList();
    float[] features = new float[probe.size() * NeuronFeatures.neurons(architecture) * 2];
    NeuronFeatures.write(architecture, Boundary.DUPLICATE, network, 0, factors, features, 0);
    model.statistics().neurons().standardize(architecture, features);
    return features;
  }
}
