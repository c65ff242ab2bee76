package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One recording on two devices: what is recorded says all that a device needs to know. */
class DeviceTest {
  private static final int MODELS = 2;

  private final ParameterLayout layout = new ParameterLayout();
  private final Graphs.Weights weights = Graphs.Weights.register(layout);
  private final ReferenceDevice reference = new ReferenceDevice();

  static Stream<Named<Graphs.Graph>> graphs() {
    return Stream.concat(Graphs.operations(), Graphs.others());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void theCpuComputesTheFormulasOfTheOperations(Graphs.Graph graph) {
    float[] expected = run(reference, graph);
    float[] actual = run(CpuDevice.best(), graph);

    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("number %d", i)
          .isCloseTo(expected[i], within(2e-5f * Math.max(1f, Math.abs(expected[i]))));
    }
  }

  @Test
  void everyKindOfOperationIsAmongThem() {
    graphs().forEach(graph -> run(reference, graph.getPayload()));

    assertThat(reference.seen())
        .containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
  }

  @Test
  void aDeviceIsGivenWhatOutputsDependOnAndTheArraysOfTheHost() {
    List<Computation> compiled = new ArrayList<>();
    Tape tape =
        new Tape(
            computation -> {
              compiled.add(computation);
              return reference.compile(computation);
            },
            Parameters.over(layout.initialize(1)),
            3,
            Tape.Mode.INFERENCE);
    Tensor x = tape.input(2, Graphs.WIDTH);
    Tensor between = tape.silu(x);
    Tensor unread = tape.abs(between);
    Tensor y = tape.output(tape.relu(between));
    tape.seal();

    Computation computation = compiled.get(0);
    assertThat(computation.operations())
        .extracting(Operation::output)
        .containsExactly(between, y)
        .doesNotContain(unread);
    assertThat(computation.inputs()).containsExactly(x.storage());
    assertThat(computation.outputs()).containsExactly(y.storage());
    assertThat(x.values()).hasSize(3 * 2 * Graphs.WIDTH);
    assertThat(y.values()).hasSize(3 * 2 * Graphs.WIDTH);
    assertThat(between.values()).isNull();
  }

  /** The values of the output, on a tape with dropout. */
  private float[] run(Device device, Graphs.Graph graph) {
    SplittableRandom random = new SplittableRandom(7);
    float[] values = layout.initialize(3);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.3 * random.nextGaussian());
    }
    Tape tape = new Tape(device, Parameters.over(values), MODELS + 1, Tape.Mode.TRAINING);
    List<Tensor> inputs =
        Arrays.stream(Graphs.INPUTS).map(shape -> tape.input(shape[0], shape[1])).toList();
    Tensor y =
        tape.output(graph.record(tape, weights, inputs.get(0), inputs.get(1), inputs.get(2)));
    tape.seal();
    for (Tensor input : inputs) {
      for (int i = 0; i < input.values().length; i++) {
        input.values()[i] = (float) random.nextGaussian();
      }
    }
    tape.dropoutSeed(5);
    tape.forward(MODELS);
    return Arrays.copyOf(y.values(), MODELS * y.rows() * y.width());
  }
}
