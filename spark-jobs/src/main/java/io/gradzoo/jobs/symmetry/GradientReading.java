package io.gradzoo.jobs.symmetry;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.gradient.transformer.TransformerGradientExtraction;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.transformer.ImageTokens;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.family.MemberGradients;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.training.TrainedModel;
import io.gradzoo.jobs.zoo.ZooImages;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Takes the gradient set of a network on the model's own probe set, as the model reads it. */
final class GradientReading implements Subject.Reading {
  private final TrainedModel model;
  private final GradientInput input;
  private final ImageSet probe;

  GradientReading(TrainedModel model, GradientInput input) {
    this.model = model;
    this.input = input;
    GradzooConfig config = model.config();
    this.probe =
        ZooImages.divided(config.zoo(), config.seed())
            .test()
            .select(IntStream.range(0, input.samples()).toArray());
  }

  @Override
  public float[] of(Architecture architecture, float[] network) {
    return of(architecture, network, probe);
  }

  @Override
  public float[] reordered(Architecture architecture, float[] network, long seed) {
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

  private float[] of(Architecture architecture, float[] network, ImageSet images) {
    float[] numbers = input.of(new TakenGradients(architecture, network, images));
    model.statistics().input().standardize(input.channels(architecture), numbers);
    return numbers;
  }

  /** Gradients of a network on images, taken when they are asked for. */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  private record TakenGradients(Architecture architecture, float[] weights, ImageSet images)
      implements MemberGradients {
    @Override
    public GradientSet layers() {
      return layers(ConvolutionForm.GRADIENTS);
    }

    @Override
    public GradientSet maps() {
      return layers(ConvolutionForm.FACTORS);
    }

    @Override
    public TokenSet tokens() {
      TransformerArchitecture transformer = (TransformerArchitecture) architecture;
      Sequences sequences =
          new ImageTokens(images.shape(), transformer).sequences(images.pixels(), images.size());
      return new TokenSet(
          transformer,
          new TransformerGradientExtraction(transformer)
              .extract(weights, 0, sequences, signal())
              .layers());
    }

    private GradientSet layers(ConvolutionForm convolutions) {
      return new GradientExtraction((LayeredArchitecture) architecture, convolutions)
          .extract(weights, 0, images.pixels(), images.size(), signal());
    }

    private Signal signal() {
      return new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(images.labels()));
    }
  }
}
