package io.gradzoo.engine.tensor;

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

  private void compare(Graphs.Graph graph, TwoDevices devices) {
    TwoDevices.Recorded recorded =
        (tape, in) -> List.of(graph.record(tape, weights, in.get(0), in.get(1), in.get(2)));
    Results expected = devices.run(CpuDevice.best(), recorded);
    Results actual = devices.run(EmulatedGpu.device(), recorded);

    TwoDevices.requireEqual(actual, expected, 2e-5);
  }
}
