package io.gradzoo.engine.metanet.gradmetanet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GradMetaNetTest {
  private static final int SET = GoldenSets.SIZE;

  private final GoldenSets golden = new GoldenSets();

  @ParameterizedTest(name = "{0} {1}, {2}")
  @CsvSource({
    "relu_ce, gmn, SUM", "relu_ce, gmn, MEAN", "relu_ce, gmn_theta8, SUM",
        "relu_ce, gmn_theta8, MEAN",
    "sine_mse, gmn, SUM", "sine_mse, gmn, MEAN", "sine_mse, gmn_theta8, SUM",
        "sine_mse, gmn_theta8, MEAN"
  })
  void parameterOutputsEqualTheGoldenValues(String network, String name, Reduction reduction) {
    GradMetaNetConfig.Head.Product head =
        name.equals("gmn_theta8")
            ? new GradMetaNetConfig.Head.Product(8, GradMetaNetConfig.ThetaInput.PARAMETERS)
            : new GradMetaNetConfig.Head.Product(1, GradMetaNetConfig.ThetaInput.NONE);
    Program program = golden.run(golden(reduction, head), name, network, head.theta());
    golden.assertProductOutputs(program, network, name, reduction);
  }

  @ParameterizedTest
  @CsvSource({"relu_ce, SUM", "relu_ce, MEAN", "sine_mse, SUM", "sine_mse, MEAN"})
  void vectorOutputsEqualTheGoldenValues(String network, Reduction reduction) {
    GradMetaNetConfig.Head head = new GradMetaNetConfig.Head.Invariant(4);
    Program program = golden.run(golden(reduction, head), "gmn", network, head.theta());
    String of = network + "/out/gmn_vec/" + GoldenSets.mode(reduction);
    assertThat(golden.distance(program.output(), of)).isLessThan(2e-5);
  }

  private static GradMetaNet golden(Reduction reduction, GradMetaNetConfig.Head head) {
    return new GradMetaNet(
        new GradMetaNetConfig(SET, GoldenSets.POSITIONS, 16, 2, 2, reduction, head));
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void vectorIsInvariantToNeuronPermutationsAndSetOrder(Reduction reduction) {
    GradMetaNet metanet = random(reduction, new GradMetaNetConfig.Head.Invariant(3));
    Architecture architecture = Architecture.parse("tanh:5:dense7:dense6:dense3");
    for (int seed = 0; seed < 50; seed++) {
      Example example = new Example(architecture, seed);
      float[] output = run(metanet, architecture, example.features()).output().values().clone();
      float[] permuted =
          run(metanet, architecture, example.permuted(seed).features()).output().values();
      float[] shuffled = run(metanet, architecture, example.otherOrder(seed)).output().values();
      assertThat(relative(permuted, output)).isLessThan(1e-5);
      assertThat(relative(shuffled, output)).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void parameterOutputsPermuteWithTheNetwork(Reduction reduction) {
    GradMetaNet metanet =
        random(reduction, new GradMetaNetConfig.Head.Product(1, GradMetaNetConfig.ThetaInput.NONE));
    Architecture architecture = Architecture.parse("tanh:5:dense7:dense6:dense3");
    for (int seed = 0; seed < 50; seed++) {
      Example example = new Example(architecture, seed);
      float[] output = flat(run(metanet, architecture, example.features()), architecture);
      float[] ofPermuted =
          flat(run(metanet, architecture, example.permuted(seed).features()), architecture);
      float[] permutedOutput =
          NeuronPermutation.random(architecture, seed).apply(architecture, output);
      assertThat(relative(ofPermuted, permutedOutput)).isLessThan(1e-5);
    }
  }

  @Test
  void inputNeuronsAreNotInterchangeable() {
    GradMetaNet metanet =
        random(
            Reduction.MEAN,
            new GradMetaNetConfig.Head.Product(1, GradMetaNetConfig.ThetaInput.NONE));
    Architecture architecture = Architecture.parse("tanh:5:dense7:dense6:dense3");
    float[] features = new Example(architecture, 1).features();
    float[] swapped = features.clone();
    int neurons = NeuronFeatures.neurons(architecture);
    for (int n = 0; n < SET; n++) {
      swap(swapped, n * neurons * 2, 2);
    }
    float[] expected = run(metanet, architecture, features).outputs().get(0).values().clone();
    for (int upper = 0; upper < 7; upper++) {
      swap(expected, upper * 5, 1);
    }
    float[] weights = run(metanet, architecture, swapped).outputs().get(0).values();
    assertThat(relative(weights, expected)).isGreaterThan(2e-4);
  }

  /** Swaps the first two blocks of {@code width} numbers from {@code at}. */
  private static void swap(float[] values, int at, int width) {
    for (int c = at; c < at + width; c++) {
      float first = values[c];
      values[c] = values[c + width];
      values[c + width] = first;
    }
  }

  @Test
  void oneModelReadsNetworksOfAnyWidthAndDepth() {
    GradMetaNet metanet = random(Reduction.MEAN, new GradMetaNetConfig.Head.Invariant(3));
    for (String id : List.of("relu:3:dense2", "tanh:4:dense9:dense9:dense9:dense5")) {
      Architecture architecture = Architecture.parse(id);
      float[] output =
          run(metanet, architecture, new Example(architecture, 2).features()).output().values();
      assertThat(output).hasSize(3);
      for (float value : output) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void statisticsStandardizeEveryLayerAndChannel() {
    Architecture architecture = Architecture.parse("tanh:5:dense7:dense3");
    NeuronStatistics.Sums sums = NeuronStatistics.Sums.of(architecture);
    NeuronStatistics.Sums half = NeuronStatistics.Sums.of(architecture);
    float[] one = new Example(architecture, 1).features();
    float[] other = new Example(architecture, 2).features();
    sums.add(architecture, one);
    half.add(architecture, other);
    sums.add(half);
    NeuronStatistics statistics = sums.statistics();
    statistics.standardize(architecture, one);
    statistics.standardize(architecture, other);
    NeuronStatistics.Sums after = NeuronStatistics.Sums.of(architecture);
    after.add(architecture, one);
    after.add(architecture, other);
    for (int k = 0; k < 6; k++) {
      assertThat((double) after.statistics().mean()[k])
          .isCloseTo(0, org.assertj.core.data.Offset.offset(1e-5));
      assertThat((double) after.statistics().deviation()[k])
          .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-4));
    }
  }

  @Test
  void convolutionsAndWrongSizesAreRefused() {
    GradMetaNet metanet = random(Reduction.MEAN, new GradMetaNetConfig.Head.Invariant(3));
    Architecture cnn = Architecture.parse("relu:1x8x8:conv4k3s1p0:gap:dense10");
    Parameters parameters = Parameters.over(metanet.layout().initialize(1));
    assertThatThrownBy(() -> metanet.compile(cnn, parameters, 1, Tape.Mode.INFERENCE))
        .hasMessageContaining("expected an MLP");
    Architecture mlp = Architecture.parse("tanh:5:dense7:dense3");
    assertThatThrownBy(() -> run(metanet, mlp, new float[10]))
        .hasMessage("gradient set of tanh:5:dense7:dense3: expected 960 numbers, found 10");
  }

  /** A network and its gradient set on random inputs. */
  private record Example(
      Architecture architecture, float[] parameters, float[] inputs, int[] labels) {
    Example(Architecture architecture, int seed) {
      this(
          architecture,
          Initializer.NORMAL.parameters(architecture, 0.7, seed),
          new float[SET * architecture.input().size()],
          new int[SET]);
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < SET; i++) {
        labels[i] = random.nextInt(architecture.outputs());
      }
    }

    Example permuted(int seed) {
      NeuronPermutation permutation = NeuronPermutation.random(architecture, seed);
      return new Example(architecture, permutation.apply(architecture, parameters), inputs, labels);
    }

    float[] features() {
      Signal signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels));
      GradientSet set =
          new GradientExtraction(architecture).extract(parameters, 0, inputs, SET, signal);
      List<DenseFactors> factors =
          set.layers().stream().map(layer -> (DenseFactors) layer).toList();
      float[] features = new float[SET * NeuronFeatures.neurons(architecture) * 2];
      NeuronFeatures.write(architecture, Boundary.DUPLICATE, parameters, 0, factors, features, 0);
      return features;
    }

    float[] otherOrder(int seed) {
      float[] features = features();
      float[] shuffled = new float[features.length];
      int block = features.length / SET;
      for (int n = 0; n < SET; n++) {
        System.arraycopy(features, (n * 5 + seed) % SET * block, shuffled, n * block, block);
      }
      return shuffled;
    }
  }

  private static GradMetaNet random(Reduction reduction, GradMetaNetConfig.Head head) {
    return new GradMetaNet(
        new GradMetaNetConfig(SET, GoldenSets.POSITIONS, 12, 2, 2, reduction, head));
  }

  private static Program run(GradMetaNet metanet, Architecture architecture, float[] example) {
    ParameterLayout layout = metanet.layout();
    Program program =
        metanet.compile(
            architecture, Parameters.over(layout.initialize(4)), 1, Tape.Mode.INFERENCE);
    program.load(0, example);
    program.forward(1);
    return program;
  }

  /** The product head's outputs of one number as a flat parameter vector. */
  private static float[] flat(Program program, Architecture architecture) {
    float[] flat = new float[architecture.parameterCount()];
    int depth = architecture.affineLayers().size();
    for (AffineLayer layer : architecture.affineLayers()) {
      System.arraycopy(
          program.outputs().get(layer.index()).values(),
          0,
          flat,
          layer.weightOffset(),
          layer.weightCount());
      System.arraycopy(
          program.outputs().get(depth + layer.index()).values(),
          0,
          flat,
          layer.biasOffset(),
          layer.out());
    }
    return flat;
  }

  private static double relative(float[] actual, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
