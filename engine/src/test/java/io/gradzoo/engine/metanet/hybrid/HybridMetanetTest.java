package io.gradzoo.engine.metanet.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.InvariantNeuronFeatures;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.Head;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlusConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradientNetworkConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.Symmetry;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HybridMetanetTest {
  private static final int SET = 12;
  private static final String LAYERS = ":3:dense5:dense4:dense2";
  private static final Architecture ARCHITECTURE = Architecture.parse("tanh" + LAYERS);

  /**
   * Fresh GradMetaNets tell sets and neurons apart only faintly: this is what their parameters are
   * multiplied by.
   */
  private static final float LOUD = 2.5f;

  /** Likewise where they act through a factor. */
  private static final float LOUDER = 8;

  private static final Predicate<Parameter> OF_GRAPH =
      parameter -> !parameter.name().matches("(set|neuron|pool|prod|att)\\b.*");

  private static final ScaleGmnConfig.Head VECTOR =
      new ScaleGmnConfig.Head.Invariant(ScaleGmnConfig.Readout.FULL_GRAPH, 3);
  private static final ScaleGmnConfig.Head DELTAS = new ScaleGmnConfig.Head.ParameterDeltas(0.5f);

  static Stream<GradientNetworkConfig> gradientNetworks() {
    Head head = new Head.Product(8, ThetaInput.PARAMETERS);
    return Stream.of(
        new GradMetaNetConfig(SET, 8, 10, 2, 1, Reduction.MEAN, head),
        new GradMetaNetConfig(
            SET, 8, 10, 2, 1, Reduction.MEAN, new Head.Product(8, ThetaInput.NONE)),
        new GradMetaNetPlusPlusConfig(SET, 8, 6, 2, 2, Reduction.MEAN, head));
  }

  @ParameterizedTest
  @MethodSource("gradientNetworks")
  void resultsRespectPermutationsAndIgnoreSetOrder(GradientNetworkConfig gradients) {
    Run vector = plain(gradients, VECTOR, LOUD);
    Run deltas = plain(gradients, DELTAS, LOUD);
    for (int seed = 0; seed < 5; seed++) {
      NeuronPermutation permutation = NeuronPermutation.random(ARCHITECTURE, seed);
      float[] theta = Initializer.NORMAL.parameters(ARCHITECTURE, 0.7, seed);
      float[] moved = permutation.apply(ARCHITECTURE, theta);
      float[] inputs = normal(SET * 3, seed);

      float[] output = vector.forward(example(theta, inputs, 1));
      assertThat(relative(vector.forward(example(moved, inputs, 1)), output)).isLessThan(1e-5);
      assertThat(relative(vector.forward(example(theta, inputs, -1)), output)).isLessThan(1e-5);

      float[] change = byParameter(deltas.forward(example(theta, inputs, 1)));
      float[] ofMoved = byParameter(deltas.forward(example(moved, inputs, 1)));
      assertThat(relative(ofMoved, permutation.apply(ARCHITECTURE, change))).isLessThan(1e-5);
      assertThat(relative(ofMoved, change))
          .as("the permutation does something")
          .isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("gradientNetworks")
  void bothPartsGetTheGradientThatDifferencesShow(GradientNetworkConfig gradients) {
    Run run = plain(gradients, VECTOR, 1f);
    float[] theta = Initializer.NORMAL.parameters(ARCHITECTURE, 0.7, 1);
    float[] example = example(theta, normal(SET * 3, 1), 1);
    run.assertGradient(example, OF_GRAPH);
    run.assertGradient(example, OF_GRAPH.negate());
  }

  @ParameterizedTest
  @CsvSource({"SCALE, relu, false", "SIGN, tanh, true", "SIGN, sine3, false", "HETERO, relu, true"})
  void resultsRespectRescalingsWhereFeaturesAreInvariant(
      Symmetry symmetry, String activation, boolean attention) {
    Architecture architecture = Architecture.parse(activation + LAYERS);
    Run vector = new Run(rescalable(attention), symmetry, VECTOR, architecture, LOUDER);
    Run deltas = new Run(rescalable(attention), symmetry, DELTAS, architecture, LOUDER);
    float[] theta = Initializer.NORMAL.parameters(architecture, 0.7, 11);
    float[] inputs = normal(SET * 3, 11);
    float[] before = vector.forward(invariants(architecture, theta, inputs));
    float[] change =
        byParameter(architecture, deltas.forward(invariants(architecture, theta, inputs)));
    for (int seed = 0; seed < 50; seed++) {
      UnaryOperator<float[]> element = element(architecture, seed);
      float[] moved = element.apply(theta);
      float[] example = invariants(architecture, moved, inputs);

      assertThat(relative(moved, theta)).as("the element does something").isGreaterThan(0.1);
      assertThat(relative(vector.forward(example), before)).isLessThan(1e-4);
      assertThat(
              relative(byParameter(architecture, deltas.forward(example)), element.apply(change)))
          .isLessThan(1e-4);
    }
  }

  @Test
  void gradientsMatterThroughInvariantFeaturesToo() {
    Architecture architecture = Architecture.parse("relu" + LAYERS);
    Run run = new Run(rescalable(false), Symmetry.SCALE, VECTOR, architecture, LOUDER);
    float[] theta = Initializer.NORMAL.parameters(architecture, 0.7, 11);

    float[] one = run.forward(invariants(architecture, theta, normal(SET * 3, 1)));
    float[] other = run.forward(invariants(architecture, theta, normal(SET * 3, 2)));

    assertThat(relative(other, one)).isGreaterThan(1e-3);
  }

  @Test
  void pairsInPlaceOfInvariantFeaturesBreakTheSymmetry() {
    Architecture architecture = Architecture.parse("relu" + LAYERS);
    Run run = new Run(rescalable(false), Symmetry.SCALE, VECTOR, architecture, LOUDER);
    float[] theta = Initializer.NORMAL.parameters(architecture, 0.7, 11);
    float[] inputs = normal(SET * 3, 11);
    float[] before = run.forward(pairsTwice(architecture, theta, inputs));
    for (int seed = 0; seed < 5; seed++) {
      float[] moved = element(architecture, seed).apply(theta);

      float[] output = run.forward(pairsTwice(architecture, moved, inputs));

      assertThat(relative(output, before)).isGreaterThan(1e-3);
    }
  }

  @Test
  void otherGradientsOfTheSameNetworkGiveAnotherResult() {
    Run run = plain(gradientNetworks().findFirst().orElseThrow(), VECTOR, LOUD);
    float[] theta = Initializer.NORMAL.parameters(ARCHITECTURE, 0.7, 1);
    float[] one = run.forward(example(theta, normal(SET * 3, 1), 1));
    float[] other = run.forward(example(theta, normal(SET * 3, 2), 1));
    assertThat(relative(other, one)).isGreaterThan(1e-3);
  }

  @Test
  void whatCannotBeCombinedIsRefused() {
    GradientNetworkConfig gradients = gradientNetworks().findFirst().orElseThrow();
    GraphLayout layout = GraphLayout.of(ARCHITECTURE);
    assertThatThrownBy(() -> new HybridMetanet(gradients, graph(Symmetry.SIGN, VECTOR), layout))
        .hasMessageContaining("that reads no parameters with the symmetry SIGN");
    GradientNetworkConfig invariant =
        new GradMetaNetConfig(SET, 8, 10, 2, 1, Reduction.MEAN, new Head.Invariant(3));
    assertThatThrownBy(
            () -> new HybridMetanet(invariant, graph(Symmetry.PERMUTATION, VECTOR), layout))
        .hasMessageContaining("expected a gradient network with a product head");
    Run run = plain(gradients, VECTOR, 1f);
    assertThatThrownBy(() -> run.forward(new float[3])).hasMessageContaining("numbers, found 3");
  }

  /** A hybrid with random parameters and its program. */
  private static final class Run {
    private final HybridMetanet metanet;
    private final Parameters parameters;
    private final Program program;

    Run(
        GradientNetworkConfig gradients,
        Symmetry symmetry,
        ScaleGmnConfig.Head head,
        Architecture architecture,
        float loudness) {
      metanet = new HybridMetanet(gradients, graph(symmetry, head), GraphLayout.of(architecture));
      float[] values = metanet.layout().initialize(7);
      for (Parameter parameter : metanet.layout().parameters()) {
        for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
          values[i] *= OF_GRAPH.test(parameter) ? 1f : loudness;
        }
      }
      parameters = Parameters.over(values);
      program = metanet.compile(architecture, parameters, 1, Tape.Mode.TRAINING);
    }

    float[] forward(float[] example) {
      program.load(0, example);
      program.forward(1);
      List<Float> all = new ArrayList<>();
      for (Tensor output : program.outputs()) {
        for (int i = 0; i < output.rows() * output.width(); i++) {
          all.add(output.values()[i]);
        }
      }
      float[] values = new float[all.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = all.get(i);
      }
      return values;
    }

    /** The derivative along a random direction of some parameters, against a difference. */
    void assertGradient(float[] example, Predicate<Parameter> of) {
      forward(example);
      Arrays.fill(program.output().gradients(), 1f);
      parameters.clearGradients();
      program.backward();
      SplittableRandom random = new SplittableRandom(3);
      double[] direction = new double[parameters.values().length];
      double along = 0;
      for (Parameter parameter : metanet.layout().parameters()) {
        for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
          direction[i] = of.test(parameter) ? random.nextGaussian() : 0;
          along += direction[i] * parameters.gradients()[i];
        }
      }
      double step = 1e-3;
      double difference =
          (sum(example, direction, step) - sum(example, direction, -step)) / (2 * step);
      assertThat(Math.abs(along)).isGreaterThan(1e-3);
      assertThat(Math.abs(difference - along) / Math.abs(along)).isLessThan(1e-2);
    }

    private double sum(float[] example, double[] direction, double step) {
      float[] old = parameters.values().clone();
      for (int i = 0; i < old.length; i++) {
        parameters.values()[i] += (float) (step * direction[i]);
      }
      parameters.changed();
      double sum = 0;
      for (float value : forward(example)) {
        sum += value;
      }
      System.arraycopy(old, 0, parameters.values(), 0, old.length);
      parameters.changed();
      return sum;
    }
  }

  private static Run plain(
      GradientNetworkConfig gradients, ScaleGmnConfig.Head head, float loudness) {
    return new Run(gradients, Symmetry.PERMUTATION, head, ARCHITECTURE, loudness);
  }

  private static GradientNetworkConfig rescalable(boolean attention) {
    Head head = new Head.Product(8, ThetaInput.NONE);
    return attention
        ? new GradMetaNetPlusPlusConfig(SET, 8, 6, 2, 2, Reduction.MEAN, head)
        : new GradMetaNetConfig(SET, 8, 10, 2, 1, Reduction.MEAN, head);
  }

  /** A permutation of hidden neurons after a rescaling of them. */
  private static UnaryOperator<float[]> element(Architecture architecture, int seed) {
    NeuronPermutation permutation = NeuronPermutation.random(architecture, seed);
    io.gradzoo.engine.symmetry.Symmetry rescaling =
        architecture.activation() == Activation.RELU
            ? PositiveScaling.random(architecture, seed)
            : SignFlip.random(architecture, seed);
    return parameters -> permutation.apply(architecture, rescaling.apply(architecture, parameters));
  }

  private static ScaleGmnConfig graph(Symmetry symmetry, ScaleGmnConfig.Head head) {
    return new ScaleGmnConfig(
        symmetry,
        ScaleGmnConfig.Direction.BIDIRECTIONAL,
        8,
        2,
        head,
        ScaleGmnConfig.Canonicalization.SYMMETRIZED,
        ScaleGmnConfig.Phases.AS_GIVEN,
        ScaleGmnConfig.Boundary.PERCEPTRON,
        2,
        2,
        ScaleGmnConfig.Positions.DEFAULT,
        false,
        true,
        0f,
        0f,
        ScaleGmnConfig.Compatibility.EXACT);
  }

  /** Features of the gradient set, forwards or backwards, then the network. */
  private static float[] example(float[] theta, float[] inputs, int order) {
    return example(ARCHITECTURE, theta, pairs(ARCHITECTURE, theta, inputs, order));
  }

  /** Features that no rescaling changes, then the network. */
  private static float[] invariants(Architecture architecture, float[] theta, float[] inputs) {
    float[] pairs = pairs(architecture, theta, inputs, 1);
    float[] features = new float[2 * pairs.length];
    InvariantNeuronFeatures.write(SET, NeuronFeatures.neurons(architecture), pairs, 0, features, 0);
    return example(architecture, theta, features);
  }

  /** Each neuron's pair, twice, then the network. */
  private static float[] pairsTwice(Architecture architecture, float[] theta, float[] inputs) {
    float[] pairs = pairs(architecture, theta, inputs, 1);
    float[] features = new float[2 * pairs.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = pairs[i / 4 * 2 + i % 2];
    }
    return example(architecture, theta, features);
  }

  private static float[] example(Architecture architecture, float[] theta, float[] features) {
    float[] example = Arrays.copyOf(features, features.length + architecture.parameterCount());
    System.arraycopy(theta, 0, example, features.length, theta.length);
    return example;
  }

  private static float[] pairs(
      Architecture architecture, float[] theta, float[] inputs, int order) {
    float[] probes = inputs.clone();
    int[] labels = new int[SET];
    for (int n = 0; n < SET; n++) {
      int from = order > 0 ? n : SET - 1 - n;
      System.arraycopy(inputs, from * 3, probes, n * 3, 3);
      labels[n] = from % 2;
    }
    Signal signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels));
    List<DenseFactors> factors =
        new GradientExtraction(architecture)
            .extract(theta, 0, probes, SET, signal).layers().stream()
                .map(layer -> (DenseFactors) layer)
                .toList();
    float[] pairs = new float[SET * NeuronFeatures.neurons(architecture) * 2];
    NeuronFeatures.write(architecture, Boundary.DUPLICATE, theta, 0, factors, pairs, 0);
    return pairs;
  }

  /** Deltas, source-major by layer and then biases, as a flat parameter vector. */
  private static float[] byParameter(float[] deltas) {
    return byParameter(ARCHITECTURE, deltas);
  }

  private static float[] byParameter(Architecture architecture, float[] deltas) {
    float[] flat = new float[deltas.length];
    int[] at = {0};
    architecture
        .affineLayers()
        .forEach(
            layer -> {
              for (int i = 0; i < layer.in(); i++) {
                for (int o = 0; o < layer.out(); o++) {
                  flat[layer.weightOffset() + o * layer.in() + i] = deltas[at[0]++];
                }
              }
            });
    architecture
        .affineLayers()
        .forEach(
            layer -> {
              for (int o = 0; o < layer.out(); o++) {
                flat[layer.biasOffset() + o] = deltas[at[0]++];
              }
            });
    return flat;
  }

  private static float[] normal(int n, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
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
