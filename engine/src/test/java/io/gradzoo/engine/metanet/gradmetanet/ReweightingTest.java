package io.gradzoo.engine.metanet.gradmetanet;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.curvature.SquaredGradients;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fisher diagonals as weighted means of squared gradients, by both GradMetaNets. */
class ReweightingTest {
  private static final LayeredArchitecture ARCHITECTURE =
      LayeredArchitecture.parse("tanh:2:dense7:dense6:dense3");

  /** Which of the two. */
  private enum Kind {
    POOLED,
    PLUS_PLUS;

    Metanetwork build() {
      GradMetaNetHead head = new GradMetaNetHead.Reweighting(2);
      return this == POOLED
          ? new GradMetaNet(
              new GradMetaNetConfig(SetExample.SIZE, 4, 12, 2, 1, Reduction.MEAN, head))
          : new GradMetaNetPlusPlus(
              new GradMetaNetPlusPlusConfig(SetExample.SIZE, 4, 10, 2, 2, Reduction.MEAN, head));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anUntrainedNetworkGivesTheStandardEstimate(Kind kind) {
    Runner runner = new Runner(kind, new double[0]);
    float[] features = example(1).features();
    assertThat(
            relativeDistance(runner.run(features), SquaredGradients.mean(ARCHITECTURE, features)))
        .isLessThan(1e-6);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void estimatesPermuteWithTheNetworkAndIgnoreSetOrder(Kind kind) {
    Runner runner = new Runner(kind, scores(kind));
    for (int seed = 0; seed < 8; seed++) {
      SetExample example = example(seed);
      float[] estimate = runner.run(example.features());
      float[] moved = NeuronPermutation.random(ARCHITECTURE, seed).apply(ARCHITECTURE, estimate);
      assertThat(relativeDistance(runner.run(example.permuted(seed).features()), moved))
          .isLessThan(1e-5);
      assertThat(relativeDistance(runner.run(example.otherOrder(seed)), estimate)).isLessThan(1e-5);

      float[] standard = SquaredGradients.mean(ARCHITECTURE, example.features());
      assertThat(relativeDistance(estimate, standard))
          .as("what the weights change")
          .isGreaterThan(0.02);
      assertThat(relativeDistance(moved, estimate)).as("what the order changes").isGreaterThan(0.1);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void hiddenNeuronsHaveASayInTheWeights(Kind kind) {
    Runner runner = new Runner(kind, scores(kind));
    float[] features = example(1).features();
    float[] before = runner.run(features);
    float[] after = runner.runExample(runner.input(features, 1.5f));
    assertThat(relativeDistance(after, before)).isGreaterThan(1e-4);
  }

  /** Along the gradient itself, where the difference is largest. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void theBackwardSweepAgreesWithDifferencesOfTheOutputs(Kind kind) {
    Runner runner = new Runner(kind, scores(kind));
    float[] features = example(2).features();
    Parameters parameters = Parameters.over(runner.values.clone());
    Program program =
        runner.metanetwork.compile(
            ARCHITECTURE, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.TRAINING));
    program.load(0, runner.input(features, 1f));
    program.forward(1);
    int at = 0;
    for (Tensor output : program.outputs()) {
      for (int i = 0; i < output.rows(); i++, at++) {
        output.gradients()[i] = (float) Math.cos(at);
      }
    }
    program.backward();
    float[] gradient = parameters.gradients().clone();
    double norm = 0;
    for (float slope : gradient) {
      norm += (double) slope * slope;
    }
    norm = Math.sqrt(norm);
    double step = 1e-2;
    double difference = 0;
    for (int side = -1; side <= 1; side += 2) {
      for (int i = 0; i < gradient.length; i++) {
        parameters.values()[i] = (float) (runner.values[i] + side * step * gradient[i] / norm);
      }
      parameters.changed();
      program.forward(1);
      at = 0;
      for (Tensor output : program.outputs()) {
        for (int i = 0; i < output.rows(); i++, at++) {
          difference += side * output.values()[i] * Math.cos(at);
        }
      }
    }
    assertThat(difference / (2 * step) / norm).isCloseTo(1, within(2e-3));
  }

  @Test
  void codesAreSinesAndCosinesOfTheInput() {
    float[] codes = new float[SampleCodes.WIDTH + 1];
    SampleCodes.write(-0.3f, codes, 1);
    for (int k = 1; k <= 8; k++) {
      assertThat((double) codes[2 * k - 1]).isCloseTo(Math.sin(k * Math.PI * -0.3f), within(1e-6));
      assertThat((double) codes[2 * k]).isCloseTo(Math.cos(k * Math.PI * -0.3f), within(1e-6));
    }
  }

  @Test
  void networksOfOtherInputsAreRefused() {
    Metanetwork metanetwork = Kind.POOLED.build();
    Parameters parameters = Parameters.over(metanetwork.layout().initialize(1));
    LayeredArchitecture wide = LayeredArchitecture.parse("tanh:5:dense7:dense3");
    assertThatThrownBy(
            () ->
                metanetwork.compile(
                    wide, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE)))
        .hasMessage(
            "gradient sets: expected networks of 2 inputs, as this network was built for, found 5");
  }

  @Test
  void derivativesByTheExamplesAreRefused() {
    GradMetaNet metanetwork = (GradMetaNet) Kind.POOLED.build();
    Parameters parameters = Parameters.over(metanetwork.layout().initialize(1));
    Tape tape = new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.TRAINING);
    assertThatThrownBy(() -> metanetwork.recordDifferentiable(tape, ARCHITECTURE))
        .hasMessageContaining("expected a head whose results are differentiated by the examples");
  }

  private static SetExample example(int seed) {
    return SetExample.random(ARCHITECTURE, Boundary.DUPLICATE, seed);
  }

  /** What the last map is to be, so that weights differ: untrained it is zero. */
  private static double[] scores(Kind kind) {
    SplittableRandom random = new SplittableRandom(3);
    return random.doubles(kind.build().layout().find("score.B").size(), -20, 20).toArray();
  }

  /** One program, run on one set after another. */
  private static final class Runner {
    private final Metanetwork metanetwork;
    private final float[] values;
    private final Program program;

    Runner(Kind kind, double[] scores) {
      metanetwork = kind.build();
      values = metanetwork.layout().initialize(4);
      Parameter last = metanetwork.layout().find("score.B");
      for (int i = 0; i < scores.length; i++) {
        values[last.offset() + i] = (float) scores[i];
      }
      program =
          metanetwork.compile(
              ARCHITECTURE,
              new Tape(CpuDevice.best(), Parameters.over(values), 1, Tape.Mode.INFERENCE));
    }

    float[] run(float[] features) {
      return runExample(input(features, 1f));
    }

    /** The features of hidden neurons times a factor, and all features as they are. */
    ExampleParts input(float[] features, float factor) {
      float[] changed = features.clone();
      int row = features.length / SetExample.SIZE;
      for (int i = 0; i < features.length; i++) {
        boolean hidden = i % row >= 2 * 2 && i % row < row - 2 * 3;
        changed[i] *= hidden ? factor : 1f;
      }
      return ExampleParts.ofFeatures(changed).withRawFeatures(features);
    }

    /** The estimate in the flat layout. */
    float[] runExample(ExampleParts example) {
      return FlatOutputs.of(program, ARCHITECTURE, example);
    }
  }
}
