package io.gradzoo.engine.metanet.gradmetanet;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both GradMetaNets, with both reductions and all ways to fill the features of inputs and outputs.
 * The group acts on the target network itself, whose gradients are then taken anew.
 */
class GradMetaNetSymmetryTest {
  private static final int SEEDS = 8;
  private static final LayeredArchitecture ARCHITECTURE =
      LayeredArchitecture.parse("tanh:5:dense7:dense6:dense3");

  /** Which of the two. */
  private enum Kind {
    POOLED,
    PLUS_PLUS;

    /** How many rows a matrix is applied to the sum of. */
    int terms(String name) {
      int neurons = NeuronFeatures.neurons(ARCHITECTURE);
      return switch (name.replaceAll("\\.\\d", "")) {
        case "set.M2", "pool.M1" -> SetExample.SIZE;
        case "set.M3", "neuron.M2" -> neurons;
        case "set.M4", "pool.M2" -> SetExample.SIZE * neurons;
        case "vec.M" -> this == POOLED ? neurons : SetExample.SIZE * neurons;
        case "prod.edge.B", "prod.node.B" -> this == POOLED ? 1 : SetExample.SIZE;
        default -> 1;
      };
    }

    Metanetwork build(Reduction reduction, GradMetaNetHead head) {
      return this == POOLED
          ? new GradMetaNet(new GradMetaNetConfig(SetExample.SIZE, 8, 12, 2, 2, reduction, head))
          : new GradMetaNetPlusPlus(
              new GradMetaNetPlusPlusConfig(SetExample.SIZE, 8, 10, 2, 2, reduction, head));
    }
  }

  static Stream<Arguments> variants() {
    return Stream.of(Kind.values())
        .flatMap(
            kind ->
                Stream.of(Reduction.values())
                    .flatMap(
                        reduction ->
                            Stream.of(Boundary.values())
                                .map(boundary -> Arguments.of(kind, reduction, boundary))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("variants")
  void vectorIsInvariantToNeuronPermutationsAndSetOrder(
      Kind kind, Reduction reduction, Boundary boundary) {
    Runner runner = new Runner(kind, reduction, new GradMetaNetHead.InvariantVector(3));
    float[] ofAnother = runner.run(SetExample.random(ARCHITECTURE, boundary, SEEDS).features());
    for (int seed = 0; seed < SEEDS; seed++) {
      SetExample example = SetExample.random(ARCHITECTURE, boundary, seed);
      float[] output = runner.run(example.features());
      assertThat(relativeDistance(runner.run(example.permuted(seed).features()), output))
          .isLessThan(1e-5);
      assertThat(relativeDistance(runner.run(example.otherOrder(seed)), output)).isLessThan(1e-5);
      assertThat(relativeDistance(ofAnother, output)).as("another network").isGreaterThan(0.003);
    }
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("variants")
  void parameterOutputsPermuteWithTheNetworkAndIgnoreSetOrder(
      Kind kind, Reduction reduction, Boundary boundary) {
    Runner runner =
        new Runner(kind, reduction, new GradMetaNetHead.Product(1, ThetaInput.PARAMETERS));
    for (int seed = 0; seed < SEEDS; seed++) {
      SetExample example = SetExample.random(ARCHITECTURE, boundary, seed);
      SetExample permuted = example.permuted(seed);
      float[] output = runner.run(example.with(example.features()));
      float[] moved = NeuronPermutation.random(ARCHITECTURE, seed).apply(ARCHITECTURE, output);
      assertThat(relativeDistance(runner.run(permuted.with(permuted.features())), moved))
          .isLessThan(1e-5);
      assertThat(relativeDistance(runner.run(example.with(example.otherOrder(seed))), output))
          .isLessThan(1e-5);
      assertThat(relativeDistance(moved, output)).as("spread over the neurons").isGreaterThan(0.01);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "POOLED, DUPLICATE",
    "POOLED, FULL",
    "POOLED, ZERO",
    "PLUS_PLUS, DUPLICATE",
    "PLUS_PLUS, FULL",
    "PLUS_PLUS, ZERO"
  })
  void inputNeuronsAreNotInterchangeable(Kind kind, Boundary boundary) {
    Runner runner =
        new Runner(kind, Reduction.MEAN, new GradMetaNetHead.Product(1, ThetaInput.NONE));
    float[] features = SetExample.random(ARCHITECTURE, boundary, 1).features();
    float[] swapped = features.clone();
    int block = NeuronFeatures.neurons(ARCHITECTURE) * 2;
    for (int n = 0; n < SetExample.SIZE; n++) {
      swap(swapped, n * block, 2);
    }
    float[] expected = runner.run(features);
    AffineLayer layer = ARCHITECTURE.affineLayers().get(0);
    for (int upper = 0; upper < layer.out(); upper++) {
      swap(expected, layer.weightOffset() + upper * layer.in(), 1);
    }
    assertThat(relativeDistance(runner.run(swapped), expected)).isGreaterThan(1e-3);
  }

  /** Swaps the first two blocks of {@code width} numbers from {@code at}. */
  private static void swap(float[] values, int at, int width) {
    for (int c = at; c < at + width; c++) {
      float first = values[c];
      values[c] = values[c + width];
      values[c + width] = first;
    }
  }

  /**
   * One program, run on one example after another, with parameters under which a neuron's own
   * features weigh as much as sums over all, and more than biases.
   */
  private static final class Runner {
    private final Program program;

    Runner(Kind kind, Reduction reduction, GradMetaNetHead head) {
      Metanetwork metanet = kind.build(reduction, head);
      float[] parameters = metanet.layout().initialize(4);
      for (Parameter parameter : metanet.layout().parameters()) {
        int terms = reduction == Reduction.SUM ? kind.terms(parameter.name()) : 1;
        boolean bias = parameter.shape().size() == 1;
        float factor = bias ? 0.1f : parameter.name().matches(".*(M1|A|V)") ? 4f : 1f;
        for (int i = 0; i < parameter.size(); i++) {
          parameters[parameter.offset() + i] *= factor / terms;
        }
      }
      program =
          metanet.compile(
              ARCHITECTURE,
              new Tape(CpuDevice.best(), Parameters.over(parameters), 1, Tape.Mode.INFERENCE));
    }

    /** The vector, or the outputs of the product head as a flat parameter vector. */
    float[] run(float[] features) {
      return run(ExampleParts.ofFeatures(features));
    }

    float[] run(ExampleParts example) {
      return FlatOutputs.of(program, ARCHITECTURE, example);
    }
  }
}
