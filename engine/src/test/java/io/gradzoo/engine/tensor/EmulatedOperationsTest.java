package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.tensor.TwoDevices.Results;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation and its adjoint in the kernels of a GPU, emulated, against those of the CPU. */
class EmulatedOperationsTest {
  private final ParameterLayout layout = new ParameterLayout();
  private final Graphs.Weights weights = Graphs.Weights.register(layout);

  static Stream<Named<Graphs.Graph>> differentiable() {
    return Stream.concat(
        Graphs.operations(),
        Graphs.others().filter(graph -> !graph.getName().startsWith("reweighted")));
  }

  static Stream<Named<Graphs.Graph>> all() {
    return Stream.concat(Graphs.operations(), Graphs.others());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differentiable")
  void aGpuComputesWhatTheCpuDoes(Graphs.Graph graph) {
    compare(graph, new TwoDevices(layout, Graphs.INPUTS, 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void alsoWhereInputsHaveNoGradient(Graphs.Graph graph) {
    compare(graph, new TwoDevices(layout, Graphs.INPUTS, 3).byParametersAlone());
  }

  static Stream<Device> devices() {
    return Stream.of(CpuDevice.best(), EmulatedGpu.device());
  }

  @ParameterizedTest
  @MethodSource("devices")
  void allModelsSeeASharedInput(Device device) {
    int capacity = 4;
    Tape tape = new Tape(device, Parameters.over(new float[0]), capacity, Tape.Mode.TRAINING);
    Tensor own = tape.differentiableInput(1, 2);
    Tensor shared = tape.sharedInput(1, 2);
    Tensor y = tape.output(tape.product(own, shared));
    tape.seal();
    shared.values()[0] = 3;
    shared.values()[1] = 5;
    for (int models : new int[] {capacity, 1, 3}) {
      for (int i = 0; i < 2 * models; i++) {
        own.values()[i] = i + 1;
        y.gradients()[i] = 1;
      }
      tape.forward(models);
      tape.backward();

      assertThat(shared.values()).hasSize(2);
      for (int i = 0; i < 2 * models; i++) {
        float factor = i % 2 == 0 ? 3 : 5;
        assertThat(y.values()[i]).isEqualTo(factor * (i + 1));
        assertThat(own.gradients()[i]).isEqualTo(factor);
      }
    }
  }

  private void compare(Graphs.Graph graph, TwoDevices devices) {
    TwoDevices.Recorded recorded =
        (tape, in) -> List.of(graph.record(tape, weights, in.get(0), in.get(1), in.get(2)));
    Results expected = devices.run(CpuDevice.best(), recorded);
    Results actual = devices.run(EmulatedGpu.device(), recorded);

    TwoDevices.requireEqual(actual, expected, 2e-5);
  }
}
