package io.gradzoo.jobs.symmetry;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.gradient.transformer.TransformerGradientExtraction;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.TargetArchitecture;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.transformer.ImageTokens;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.training.GradientInput;
import io.gradzoo.jobs.training.TrainedModel;
import io.gradzoo.jobs.zoo.ZooImages;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Takes the gradient set of a network on the model's own probe set, as the model reads it. */
final class GradientReading implements Subject.Reading {
  private final TrainedModel model;
  private final GradientInput input;
  private final ImageSet probe;

  GradientReading(TrainedModel model) {
    this.model = model;
    GradzooConfig config = model.config();
    this.input = GradientInput.of(config, model.model());
    this.probe =
        ZooImages.divided(config.zoo(), config.seed())
            .test()
            .select(IntStream.range(0, input.samples()).toArray());
  }

  @Override
  public float[] of(TargetArchitecture architecture, float[] network) {
    return of(architecture, network, probe);
  }

  @Override
  public float[] reordered(TargetArchitecture architecture, float[] network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, probe.size()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int taken = order[i];
      order[i] = order[j];
      order[j] = taken;
    }
    return of(architecture, network, probe.select(order));
  }

  private float[] of(TargetArchitecture architecture, float[] network, ImageSet images) {
    Signal signal =
        new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(images.labels()));
    float[] numbers =
        architecture instanceof TransformerArchitecture transformer
            ? ofTokens(transformer, network, images, signal)
            : ofLayers((Architecture) architecture, network, images, signal);
    model.statistics().input().standardize(input.channels(architecture), numbers);
    return numbers;
  }

  private float[] ofLayers(
      Architecture architecture, float[] network, ImageSet images, Signal signal) {
    GradientSet set =
        new GradientExtraction(architecture, input.convolutions())
            .extract(network, 0, images.pixels(), images.size(), signal);
    return input.of(network, set);
  }

  private float[] ofTokens(
      TransformerArchitecture architecture, float[] network, ImageSet images, Signal signal) {
    Sequences sequences =
        new ImageTokens(images.shape(), architecture).sequences(images.pixels(), images.size());
    return input.of(
        architecture,
        new TransformerGradientExtraction(architecture)
            .extract(network, 0, sequences, signal)
            .layers());
  }
}
