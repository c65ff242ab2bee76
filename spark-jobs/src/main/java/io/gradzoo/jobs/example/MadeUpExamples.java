package io.gradzoo.jobs.example;

import io.gradzoo.engine.editing.MadeUpImages;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.config.ActivationSelection;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Examples of the shape of those that a model of the config reads, with random numbers. */
public final class MadeUpExamples {
  private static final int SIREN_FREQUENCY = 30;
  private static final double DEVIATION = 0.3;

  /** Images that networks are shown. */
  private static final int TRAINING = 256;

  private static final int JUDGING = 64;

  private MadeUpExamples() {}

  /** The architectures of the members that a model reads, activations in turn. */
  public static List<Architecture> architectures(GradzooConfig config, ModelConfig model) {
    List<Architecture> architectures = new ArrayList<>();
    for (String text : config.zoo().architectures()) {
      for (String whole : texts(text, config, model)) {
        Architecture architecture = Architectures.parse(whole);
        if (model.members().has(architecture)) {
          architectures.add(architecture);
        }
      }
    }
    return architectures;
  }

  /**
   * So many examples, architectures in turn.
   *
   * @param architectures at least one
   * @param seed of their numbers
   */
  public static List<Example> of(
      ModelConfig model, List<Architecture> architectures, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Architecture architecture = architectures.get(i % architectures.size());
      ExampleParts input = input(model, architecture, random);
      double[] targets = random.doubles(targets(model, architecture)).toArray();
      examples.add(new Example("made-up-" + i, architecture, input, targets));
    }
    return examples;
  }

  private static ExampleParts input(
      ModelConfig model, Architecture architecture, SplittableRandom random) {
    float[] weights = numbers(architecture.parameterCount(), random);
    if (model.gradients().isEmpty()) {
      return ExampleParts.ofWeights(weights);
    }
    int length = model.gradients().get().channels(architecture).of().length;
    return ExampleParts.ofFeatures(numbers(length, random))
        .withRawFeatures(numbers(length, random))
        .withWeights(weights);
  }

  private static float[] numbers(int count, SplittableRandom random) {
    float[] numbers = new float[count];
    for (int k = 0; k < count; k++) {
      numbers[k] = (float) (DEVIATION * random.nextGaussian());
    }
    return numbers;
  }

  private static int targets(ModelConfig model, Architecture architecture) {
    return switch (model.task().output()) {
      case NUMBERS, PARAMETER_CHANGES -> 1;
      case EVERY_PARAMETER -> architecture.parameterCount();
    };
  }

  /**
   * The task of a model, which is shown noise if it shows images.
   *
   * @param architectures at least one
   */
  public static MetanetworkTask task(ModelConfig model, List<Architecture> architectures) {
    return model.task().usesImages()
        ? model
            .task()
            .showing(
                new MadeUpImages(LayeredArchitecture.from(architectures.get(0)), TRAINING, JUDGING))
        : model.task();
  }

  /** Statistics for such targets; null if the task does not standardise. */
  public static TargetStatistics statistics(ModelConfig model) {
    return model.task().standardizes() ? new TargetStatistics(0.5f, 1f) : null;
  }

  private static List<String> texts(String text, GradzooConfig config, ModelConfig model) {
    boolean whole =
        config.zoo().source() != ZooConfig.Source.TRAINED || Architectures.namesActivation(text);
    return whole
        ? List.of(text)
        : activations(config, model).stream().map(a -> name(a) + ":" + text).toList();
  }

  /** The zoo's own where a model reads all; sine members come from elsewhere. */
  private static List<Activation> activations(GradzooConfig config, ModelConfig model) {
    return model.activations() == ActivationSelection.ALL
        ? config.zoo().recipe().activations()
        : List.of(Activation.valueOf(model.activations().name()));
  }

  private static String name(Activation activation) {
    return activation == Activation.SINE
        ? "sine" + SIREN_FREQUENCY
        : activation.name().toLowerCase(Locale.ROOT);
  }
}
