package io.gradzoo.jobs.symmetry;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.family.ProbeSamples;
import io.gradzoo.jobs.family.registry.BuiltInGradients;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.zoo.ZooImages;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Takes the gradient set of a network on the model's own probe set, as the model reads it. */
final class GradientReading implements Subject.Reading {
  private final TrainedModel model;
  private final GradientInput input;
  private final ImageSet probe;

  /**
   * @param zoo whose images are the probe set
   */
  GradientReading(TrainedModel model, GradientInput input, ZooConfig zoo) {
    this.model = model;
    this.input = input;
    this.probe =
        ZooImages.divided(zoo, model.config().seed())
            .test()
            .select(IntStream.range(0, input.samples()).toArray());
  }

  @Override
  public ExampleParts read(Architecture architecture, float[] network) {
    return read(architecture, network, probe);
  }

  @Override
  public ExampleParts reordered(Architecture architecture, float[] network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, probe.size()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int taken = order[i];
      order[i] = order[j];
      order[j] = taken;
    }
    return read(architecture, network, probe.select(order));
  }

  private ExampleParts read(Architecture architecture, float[] network, ImageSet images) {
    Signal signal =
        new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(images.labels()));
    ExampleParts parts =
        input.read(
            BuiltInGradients.of(architecture)
                .taken(architecture, network, new ProbeImages(images), signal));
    model.statistics().input().standardize(input.channels(architecture), parts.features());
    return parts;
  }

  /** Images to take gradients on. */
  private record ProbeImages(ImageSet set) implements ProbeSamples {
    @Override
    public int samples() {
      return set.size();
    }

    @Override
    public float[] inputs() {
      return set.pixels();
    }

    @Override
    public Shape imageShape() {
      return set.shape();
    }
  }
}
