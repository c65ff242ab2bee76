package io.gradzoo.engine.metanet.gradmetanet;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.gradient.transformer.TokenFeatures;
import io.gradzoo.engine.gradient.transformer.TransformerGradientExtraction;
import io.gradzoo.engine.gradient.transformer.TransformerGradientSet;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.baseline.DeepSetsSpec;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.Space;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.Transformers;
import io.gradzoo.engine.symmetry.transformer.TransformerPermutation;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransformerGradMetaNetTest {
  private static final TransformerArchitecture TRANSFORMER =
      TransformerArchitecture.parse("transformer:v7:t5:d6:h2:f7:l2:gelu:causal:token7");
  private static final int SAMPLES = 4;
  private static final int TOKENS = SAMPLES * TRANSFORMER.positions();

  @ParameterizedTest
  @CsvSource({"SUM, NONE", "SUM, PARAMETERS", "MEAN, NONE", "MEAN, PARAMETERS"})
  void parameterOutputsPermuteWithTheTransformer(
      Reduction reduction, GradMetaNetConfig.ThetaInput theta) {
    Example example = new Example(TRANSFORMER, 1, theta);
    Model model = product(example, reduction, theta);
    float[] output = flat(model.run(TRANSFORMER, example.parts()));
    assertThat(output).hasSize(TRANSFORMER.layout().parameterCount());
    for (int seed = 0; seed < 10; seed++) {
      TransformerPermutation permutation = TransformerPermutation.random(TRANSFORMER, seed);
      float[] permuted = permutation.apply(output);
      float[] ofPermuted = flat(model.run(TRANSFORMER, example.permuted(permutation).parts()));
      assertThat(relativeDistance(ofPermuted, permuted)).isLessThan(5e-6);
      assertThat(relativeDistance(output, permuted)).isGreaterThan(0.01);
    }
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void vectorIsInvariantToPermutationsAndToTheOrderOfTokens(Reduction reduction) {
    Example example = new Example(TRANSFORMER, 1, GradMetaNetConfig.ThetaInput.NONE);
    Model model = invariant(example, reduction);
    float[] output = vector(model.run(TRANSFORMER, example.parts()));
    for (int seed = 0; seed < 10; seed++) {
      TransformerPermutation permutation = TransformerPermutation.random(TRANSFORMER, seed);
      float[] ofPermuted = vector(model.run(TRANSFORMER, example.permuted(permutation).parts()));
      float[] ofShuffled = vector(model.run(TRANSFORMER, shuffled(example, seed)));
      assertThat(relativeDistance(ofPermuted, output)).isLessThan(3e-6);
      assertThat(relativeDistance(ofShuffled, output)).isLessThan(3e-6);
    }
    float[] ofAnother =
        vector(
            model.run(
                TRANSFORMER,
                new Example(TRANSFORMER, 2, GradMetaNetConfig.ThetaInput.NONE).numbers()));
    assertThat(relativeDistance(ofAnother, output)).isGreaterThan(0.01);
  }

  /** Heads have codes, as have ids, positions and outputs; other neurons of a space have none. */
  @ParameterizedTest
  @EnumSource(
      value = Space.Kind.class,
      names = {"RESIDUAL", "HIDDEN"},
      mode = EnumSource.Mode.EXCLUDE)
  void groupsOfNeuronsAreNotInterchangeable(Space.Kind kind) {
    Example example = new Example(TRANSFORMER, 5, GradMetaNetConfig.ThetaInput.NONE);
    Model model = invariant(example, Reduction.MEAN);
    float[] output = vector(model.run(TRANSFORMER, example.parts()));
    float[] swapped = swapGroups(example.numbers(), kind);
    assertThat(relativeDistance(vector(model.run(TRANSFORMER, swapped)), output))
        .isGreaterThan(3e-5);
  }

  @Test
  void permutingTheResidualStreamOfOneTokenAloneIsNoSymmetry() {
    Example example = new Example(TRANSFORMER, 1, GradMetaNetConfig.ThetaInput.NONE);
    Model model = invariant(example, Reduction.SUM);
    TransformerPermutation permutation = TransformerPermutation.random(TRANSFORMER, 3);
    float[] numbers = example.numbers();
    float[] mixed = numbers.clone();
    int width = TokenFeatures.width(TRANSFORMER);
    System.arraycopy(example.permuted(permutation).numbers(), 0, mixed, 0, width);
    float[] output = vector(model.run(TRANSFORMER, numbers));
    assertThat(relativeDistance(vector(model.run(TRANSFORMER, mixed)), output)).isGreaterThan(1e-3);
  }

  @Test
  void oneModelReadsTransformersOfAnyWidth() {
    Example example = new Example(TRANSFORMER, 1, GradMetaNetConfig.ThetaInput.NONE);
    Model model = product(example, Reduction.MEAN, GradMetaNetConfig.ThetaInput.NONE);
    TransformerArchitecture wider =
        TransformerArchitecture.parse("transformer:v9:t5:d8:h4:f11:l2:relu:full:mean3");
    Example other = new Example(wider, 1, GradMetaNetConfig.ThetaInput.NONE);
    float[] output = flat(model.run(wider, other.parts()));
    assertThat(output).hasSize(wider.layout().parameterCount());
    assertThat(output)
        .satisfies(
            values -> assertThat(Vectors.norm(Vectors.toDouble(values))).isFinite().isPositive());
  }

  @Test
  void aBackwardSweepReachesEveryParameter() {
    Example example = new Example(TRANSFORMER, 1, GradMetaNetConfig.ThetaInput.PARAMETERS);
    Model model = product(example, Reduction.MEAN, GradMetaNetConfig.ThetaInput.PARAMETERS);
    Parameters parameters = Parameters.over(model.parameters());
    Program program =
        model
            .metanet()
            .compile(TRANSFORMER, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.TRAINING));
    program.load(0, example.parts());
    program.forward(1);
    for (Tensor output : program.outputs()) {
      Arrays.fill(output.gradients(), 1f);
    }
    parameters.clearGradients();
    program.backward();
    for (Parameter parameter : model.metanet().layout().parameters()) {
      double[] gradient =
          Vectors.toDouble(parameters.gradients(), parameter.offset(), parameter.size());
      assertThat(Vectors.norm(gradient)).as(parameter.name()).isPositive();
    }
  }

  /** Along the gradient itself, where the difference is largest; this network has no kink near. */
  @Test
  void theBackwardSweepAgreesWithDifferencesOfTheOutputs() {
    Example example = new Example(TRANSFORMER, 5, GradMetaNetConfig.ThetaInput.PARAMETERS);
    Model model = product(example, Reduction.MEAN, GradMetaNetConfig.ThetaInput.PARAMETERS);
    Parameters parameters = Parameters.over(model.parameters());
    Program program =
        model
            .metanet()
            .compile(TRANSFORMER, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.TRAINING));
    program.load(0, example.parts());
    program.forward(1);
    int at = 0;
    for (Tensor output : program.outputs()) {
      for (int i = 0; i < output.rows(); i++, at++) {
        output.gradients()[i] = (float) Math.cos(at);
      }
    }
    parameters.clearGradients();
    program.backward();
    double norm = Vectors.norm(Vectors.toDouble(parameters.gradients()));
    double step = 2e-4;
    double difference = 0;
    for (int side = -1; side <= 1; side += 2) {
      float[] moved = model.parameters().clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (float) (side * step / norm * parameters.gradients()[i]);
      }
      float[] output = flat(new Model(model.metanet(), moved).run(TRANSFORMER, example.parts()));
      for (int i = 0; i < output.length; i++) {
        difference += side * output[i] * Math.cos(i);
      }
    }
    assertThat(difference / (2 * step) / norm).isBetween(0.999, 1.001);
  }

  @Test
  void statisticsStandardizeEverySpaceAndChannel() {
    float[] one = new Example(TRANSFORMER, 1, GradMetaNetConfig.ThetaInput.NONE).numbers();
    TransformerArchitecture wider =
        TransformerArchitecture.parse("transformer:v9:t5:d8:h4:f11:l2:relu:full:mean3");
    float[] other = new Example(wider, 2, GradMetaNetConfig.ThetaInput.NONE).numbers();
    InputChannels channels = InputChannels.ofTokens(TRANSFORMER, TOKENS);
    InputChannels ofWider = InputChannels.ofTokens(wider, TOKENS);
    InputStatistics.InputAccumulator sums = new InputStatistics.InputAccumulator(channels.count());
    InputStatistics.InputAccumulator part = new InputStatistics.InputAccumulator(ofWider.count());
    sums.add(channels, one);
    part.add(ofWider, other);
    sums.add(part);
    InputStatistics statistics = sums.statistics();
    statistics.standardize(channels, one);
    statistics.standardize(ofWider, other);
    InputStatistics.InputAccumulator after = new InputStatistics.InputAccumulator(channels.count());
    after.add(channels, one);
    after.add(ofWider, other);
    InputStatistics standardized = after.statistics();
    assertThat(standardized.mean()).hasSize(1 + 1 + 20 + 2 * 6 + 1);
    for (int k = 0; k < standardized.mean().length; k++) {
      assertThat(Math.abs(standardized.mean()[k])).as("mean " + k).isLessThan(1e-5f);
      assertThat(standardized.deviation()[k]).as("deviation " + k).isBetween(0.9999f, 1.0001f);
    }
    TransformerArchitecture shallow =
        TransformerArchitecture.parse("transformer:v7:t5:d6:h2:f7:l1:gelu:causal:token7");
    assertThatThrownBy(() -> statistics.standardize(InputChannels.ofTokens(shallow, TOKENS), one))
        .hasMessage("gradient set statistics: expected networks of 2 layers, found one of 1");
  }

  @Test
  void transformersOfAnotherDepthAndWrongSizesAreRefused() {
    Example example = new Example(TRANSFORMER, 1, GradMetaNetConfig.ThetaInput.NONE);
    Model model = invariant(example, Reduction.MEAN);
    TransformerArchitecture shallow =
        TransformerArchitecture.parse("transformer:v7:t5:d6:h2:f7:l1:gelu:causal:token7");
    assertThatThrownBy(() -> model.run(shallow, example.parts()))
        .hasMessage(
            "network "
                + shallow
                + ": expected a transformer of 2 blocks, as this GradMetaNet was built for, found"
                + " 1");
    int count = example.numbers().length;
    assertThatThrownBy(() -> model.run(TRANSFORMER, new float[10]))
        .hasMessage(
            "token set of "
                + TRANSFORMER
                + ": expected "
                + TOKENS
                + " tokens in "
                + count
                + " numbers, found 10");
  }

  @Test
  void setsAreReadOfTransformersOfAnyLength() {
    TransformerGradMetaNetSpec spec =
        new TransformerGradMetaNetSpec(
            new GradMetaNetConfig(
                3, 4, 6, 1, 1, Reduction.MEAN, new GradMetaNetHead.InvariantVector(1)),
            1);
    Metanetwork metanet = spec.build();
    Parameters parameters = Parameters.over(metanet.layout().initialize(4));
    for (int positions : new int[] {2, 5}) {
      TransformerArchitecture architecture =
          TransformerArchitecture.parse(
              "transformer:v4:t%d:d4:h2:f3:l1:relu:full:mean2".formatted(positions));
      float[] example = new float[3 * positions * TokenFeatures.width(architecture)];
      Program program =
          metanet.compile(
              architecture, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE));
      program.load(0, ExampleParts.ofFeatures(example));
      program.forward(1);
      assertThat(program.output().values()[0]).isFinite();
      assertThatThrownBy(
              () -> program.load(0, ExampleParts.ofFeatures(new float[example.length + 1])))
          .hasMessageContaining("expected %d tokens in".formatted(3 * positions));
    }
    assertThatThrownBy(
            () ->
                metanet.compile(
                    LayeredArchitecture.parse("relu:3:dense2"),
                    new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE)))
        .hasMessageEndingWith("expected a transformer");
    assertThatThrownBy(
            () ->
                new DeepSetsSpec(2, 4)
                    .build()
                    .compile(
                        TRANSFORMER,
                        new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE)))
        .hasMessageContaining("expected 2 tensors, as this DeepSets reads");
    assertThatThrownBy(
            () ->
                new GradMetaNet(
                        new GradMetaNetConfig(
                            3, 4, 6, 1, 1, Reduction.MEAN, new GradMetaNetHead.InvariantVector(1)))
                    .groupSize((Architecture) TRANSFORMER))
        .hasMessageContaining(TRANSFORMER + ": expected one of dense and convolution layers");
  }

  /** A transformer and its gradient set on random sequences. */
  private record Example(
      TransformerArchitecture architecture,
      float[] parameters,
      Sequences sequences,
      GradMetaNetConfig.ThetaInput theta) {
    Example(TransformerArchitecture architecture, int seed, GradMetaNetConfig.ThetaInput theta) {
      this(
          architecture,
          Transformers.parameters(architecture, seed),
          Transformers.fullSequences(architecture, SAMPLES, seed),
          theta);
    }

    Example permuted(TransformerPermutation permutation) {
      return new Example(architecture, permutation.apply(parameters), sequences, theta);
    }

    float[] numbers() {
      int predictions = Transformers.predictions(architecture, sequences);
      Targets targets = new Targets.Labels(Vectors.labels(predictions, architecture.outputs(), 3));
      TransformerGradientSet set =
          new TransformerGradientExtraction(architecture)
              .extract(
                  parameters, 0, sequences, new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, targets));
      float[] features = TokenFeatures.of(set);
      return features;
    }

    ExampleParts parts() {
      ExampleParts features = ExampleParts.ofFeatures(numbers());
      return theta == GradMetaNetConfig.ThetaInput.NONE
          ? features
          : features.withWeights(parameters);
    }
  }

  private static float[] shuffled(Example example, int seed) {
    float[] numbers = example.numbers();
    float[] result = new float[numbers.length];
    int width = numbers.length / TOKENS;
    for (int t = 0; t < TOKENS; t++) {
      System.arraycopy(numbers, (t * 3 + seed) % TOKENS * width, result, t * width, width);
    }
    return result;
  }

  /** Exchanges the first two groups of the first space of a kind in every token's features. */
  private static float[] swapGroups(float[] numbers, Space.Kind kind) {
    float[] result = numbers.clone();
    int width = TokenFeatures.width(TRANSFORMER);
    int start = 0;
    List<Space> spaces = new ArrayList<>(TRANSFORMER.layout().spaces());
    while (spaces.get(0).kind() != kind) {
      Space space = spaces.remove(0);
      start += space.width() * TokenFeatures.channels(space.kind(), TRANSFORMER.blocks());
    }
    int group = spaces.get(0).groupWidth() * TokenFeatures.channels(kind, TRANSFORMER.blocks());
    for (int at = start; at < numbers.length; at += width) {
      System.arraycopy(numbers, at, result, at + group, group);
      System.arraycopy(numbers, at + group, result, at, group);
    }
    return result;
  }

  private static Model product(
      Example example, Reduction reduction, GradMetaNetConfig.ThetaInput theta) {
    return Model.of(example, reduction, new GradMetaNetHead.Product(1, theta));
  }

  private static Model invariant(Example example, Reduction reduction) {
    return Model.of(example, reduction, new GradMetaNetHead.InvariantVector(3));
  }

  /** A metanetwork and parameters under which a neuron's own features weigh as much as sums. */
  private record Model(TransformerGradMetaNet metanet, float[] parameters) {
    static Model of(Example example, Reduction reduction, GradMetaNetHead head) {
      int neurons = TransformerNeurons.of(example.architecture()).size();
      TransformerGradMetaNet metanet =
          new TransformerGradMetaNet(
              new GradMetaNetConfig(SAMPLES, 8, 12, 2, 2, reduction, head), 2);
      float[] parameters = metanet.layout().initialize(4);
      for (Parameter parameter : metanet.layout().parameters()) {
        int terms = reduction == Reduction.SUM ? terms(parameter.name(), neurons) : 1;
        float factor = parameter.name().matches(".*(M1|A)") ? 4f : 1f;
        for (int i = 0; i < parameter.size(); i++) {
          parameters[parameter.offset() + i] *= factor / terms;
        }
      }
      return new Model(metanet, parameters);
    }

    /** How many rows a matrix is applied to the sum of. */
    private static int terms(String name, int neurons) {
      return switch (name.replaceAll("\\.\\d", "")) {
        case "set.M2", "pool.M1" -> TOKENS;
        case "set.M3", "neuron.M2", "vec.M" -> neurons;
        case "set.M4", "pool.M2" -> TOKENS * neurons;
        default -> 1;
      };
    }

    Program run(TransformerArchitecture architecture, float[] features) {
      return run(architecture, ExampleParts.ofFeatures(features));
    }

    Program run(TransformerArchitecture architecture, ExampleParts example) {
      Program program =
          metanet.compile(
              architecture,
              new Tape(CpuDevice.best(), Parameters.over(parameters), 1, Tape.Mode.INFERENCE));
      program.load(0, example);
      program.forward(1);
      return program;
    }
  }

  private static float[] vector(Program program) {
    return Arrays.copyOf(program.output().values(), 3);
  }

  /** The product head's outputs of one number as a flat parameter vector. */
  private static float[] flat(Program program) {
    float[] flat = new float[program.outputs().stream().mapToInt(Tensor::rows).sum()];
    int at = 0;
    for (Tensor output : program.outputs()) {
      System.arraycopy(output.values(), 0, flat, at, output.rows());
      at += output.rows();
    }
    return flat;
  }
}
