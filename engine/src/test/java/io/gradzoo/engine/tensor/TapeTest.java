package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TapeTest {
  private static final int WIDTH = Graphs.WIDTH;

  private final ParameterLayout layout = new ParameterLayout();
  private final Graphs.Weights weights = Graphs.Weights.register(layout);

  static Stream<Named<Graphs.Graph>> operations() {
    return Graphs.operations();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void adjointAgreesWithFiniteDifferences(Graphs.Graph graph) {
    assertThat(
            differences(
                (tape, in) ->
                    List.of(graph.record(tape, weights, in.get(0), in.get(1), in.get(2)))))
        .isLessThan(2e-3);
  }

  /** Nothing is rewritten around an output, so declaring everything an output is the oracle. */
  @Test
  void simplifiedRecordingsGiveTheSameNumbers() {
    Parameters parameters = Parameters.over(layout.initialize(1));
    float[] simplified = mapsAndSums(parameters, (tape, between) -> between);
    float[] asRecorded = mapsAndSums(parameters, Tape::output);
    for (int i = 0; i < asRecorded.length; i++) {
      assertThat(simplified[i])
          .as("number %d", i)
          .isCloseTo(asRecorded[i], within(1e-5f * Math.max(1f, Math.abs(asRecorded[i]))));
    }
  }

  /** Results and parameter gradients. */
  private float[] mapsAndSums(Parameters parameters, BiFunction<Tape, Tensor, Tensor> between) {
    Tape tape = new Tape(CpuDevice.best(), parameters, 2, Tape.Mode.TRAINING);
    Tensor x = tape.input(6, WIDTH);
    Tensor h = between.apply(tape, tape.affine(weights.square().matrix(), weights.offset(), x));
    Tensor map = between.apply(tape, tape.affine(weights.square().matrix(), weights.gain(), h));
    Tensor sum = tape.gridSum(map, 2, GridAxis.FIRST);
    Tensor product = between.apply(tape, tape.product(tape.scale(x, weights.number()), x));
    Tensor cells = between.apply(tape, tape.linear(weights.square().matrix(), tape.silu(x)));
    Tensor added = between.apply(tape, tape.gridAdd(cells, sum, GridAxis.SECOND));
    Tensor y = tape.output(tape.relu(added));
    Tensor z = tape.output(tape.gridSum(product, 3, GridAxis.SECOND));
    tape.seal();
    for (int i = 0; i < x.values().length; i++) {
      x.values()[i] = (float) Math.sin(i);
    }
    tape.forward(2);
    Arrays.fill(y.gradients(), 0.5f);
    Arrays.fill(z.gradients(), -0.5f);
    parameters.clearGradients();
    tape.backward();
    float[] gradients = parameters.gradients();
    float[] all = Arrays.copyOf(y.values(), y.values().length + gradients.length);
    System.arraycopy(gradients, 0, all, y.values().length, gradients.length);
    return all;
  }

  @Test
  void gradientsOfAnOutputThatIsAlsoReadAddUp() {
    assertThat(
            differences(
                (tape, in) -> {
                  Tensor h = tape.silu(in.get(0));
                  return List.of(h, tape.product(h, h));
                }))
        .isLessThan(2e-3);
  }

  @Test
  void inferenceGivesTheSameNumbersAsTrainingWithLessMemory() {
    Parameters parameters = Parameters.over(layout.initialize(1));
    float[] trained = run(parameters, Tape.Mode.TRAINING);
    assertThat(run(parameters, Tape.Mode.INFERENCE)).isEqualTo(trained);
  }

  @Test
  void changedParametersAreSeenByTheNextPass() {
    Parameters parameters = Parameters.over(layout.initialize(1));
    Tape tape = new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE);
    Tensor x = tape.input(1, WIDTH);
    Tensor y = tape.output(tape.linear(weights.square().matrix(), x));
    tape.seal();
    java.util.Arrays.fill(x.values(), 1f);
    tape.forward(1);
    float before = y.values()[0];
    for (int j = 0; j < WIDTH; j++) {
      parameters.values()[weights.square().offset() + j] *= 3f;
    }
    parameters.changed();
    tape.forward(1);
    assertThat(y.values()[0]).isCloseTo(3f * before, org.assertj.core.data.Offset.offset(1e-5f));
  }

  @Test
  void morePassesThanItsCapacityAreRefused() {
    Tape tape =
        new Tape(CpuDevice.best(), Parameters.over(layout.initialize(1)), 2, Tape.Mode.INFERENCE);
    tape.output(tape.silu(tape.input(1, 1)));
    tape.seal();
    assertThatThrownBy(() -> tape.forward(3)).hasMessage("a tape for 2 models was given 3");
  }

  private float[] run(Parameters parameters, Tape.Mode mode) {
    Tape tape = new Tape(CpuDevice.best(), parameters, 2, mode);
    Tensor x = tape.input(6, WIDTH);
    Tensor h = x;
    for (int i = 0; i < 6; i++) {
      h =
          tape.sum(
              tape.layerNormSilu(
                  tape.linear(weights.square().matrix(), h), weights.gain(), weights.shift()),
              x);
    }
    Tensor y = tape.output(h);
    tape.seal();
    for (int i = 0; i < x.values().length; i++) {
      x.values()[i] = (float) Math.sin(i);
    }
    tape.forward(2);
    return y.values().clone();
  }

  private double differences(BiFunction<Tape, List<Tensor>, List<Tensor>> graph) {
    return FiniteDifferences.of(layout, Graphs.INPUTS, graph).worstError();
  }
}
