package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import io.gradzoo.engine.tensor.gpu.Instruction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Training steps with the kernels of a GPU, emulated. */
class EmulatedTrainingTest {
  private static final int STEPS = 20;
  private static final Metanetwork METANETWORK = ShardTrainerTest.metanetwork();

  @Test
  void lossesAreThoseOfTheCpu() {
    List<Double> expected = losses(CpuDevice.best());
    List<Double> actual = losses(EmulatedGpu.device());

    assertThat(expected.get(STEPS - 1)).as("it learns").isLessThan(0.8 * expected.get(0));
    for (int step = 0; step < STEPS; step++) {
      assertThat(actual.get(step))
          .as("step %d", step)
          .isCloseTo(expected.get(step), within(1e-4 * expected.get(0)));
    }
  }

  @Test
  void theSameStepsGiveTheSameBits() {
    assertThat(losses(EmulatedGpu.device())).isEqualTo(losses(EmulatedGpu.device()));
  }

  @Test
  void predictionsAreThoseOfTheCpu() {
    List<Example> examples = ShardTrainerTest.examples(30);
    float[] expected = predictions(CpuDevice.best(), examples);
    float[] actual = predictions(EmulatedGpu.device(), examples);

    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void aBatchThatDoesNotFitIsCut() {
    List<Long> asked = new ArrayList<>();
    List<Example> examples = ShardTrainerTest.examples(30);
    float[] whole = predictions(EmulatedGpu.device(), examples);
    float[] inPieces = predictions(new GpuDevice(new SmallGpu(asked)), examples);

    assertThat(asked).as("too much at first").anyMatch(bytes -> bytes > SmallGpu.MOST);
    for (int i = 0; i < whole.length; i++) {
      assertThat(inPieces[i]).isCloseTo(whole[i], within(1e-6f));
    }
  }

  private static float[] predictions(Device device, List<Example> examples) {
    ElementwiseObjective objective = new ElementwiseObjective.Share();
    Workspace workspace = new Workspace(METANETWORK, objective, objective, device);
    workspace.load(METANETWORK.layout().initialize(5));
    return workspace.predict(examples);
  }

  /**
   * A GPU with little memory in one piece.
   *
   * @param asked output: what was asked for
   */
  private record SmallGpu(List<Long> asked) implements Accelerator {
    static final long MOST = 60_000;

    @Override
    public String name() {
      return "small";
    }

    @Override
    public DeviceMemory allocate(long bytes) {
      asked.add(bytes);
      if (bytes > MOST) {
        throw new DeviceMemoryException(Fault.of("small").found(bytes));
      }
      return EmulatedGpu.accelerator().allocate(bytes);
    }

    @Override
    public void write(long address, float[] from, int count) {
      EmulatedGpu.accelerator().write(address, from, count);
    }

    @Override
    public void write(long address, int[] from) {
      EmulatedGpu.accelerator().write(address, from);
    }

    @Override
    public void write(long address, long value) {
      EmulatedGpu.accelerator().write(address, value);
    }

    @Override
    public void read(long address, float[] to, int count) {
      EmulatedGpu.accelerator().read(address, to, count);
    }

    @Override
    public Sequence prepare(List<Instruction> instructions) {
      return EmulatedGpu.accelerator().prepare(instructions);
    }
  }

  /** Networks of two architectures, whose numbers in a batch change from step to step. */
  private static List<Double> losses(Device device) {
    TrainingSettings settings = Settings.of(5, OptimizerKind.ADAMW, 0.01, 0, 0.01);
    ElementwiseObjective objective = new ElementwiseObjective.Share();
    Workspace workspace = new Workspace(METANETWORK, objective, objective, device);
    ShardTrainer trainer = new ShardTrainer(settings, 11, 0, ShardTrainerTest.examples(17));
    TrainingState state = TrainingState.initial(METANETWORK.layout().initialize(5), settings);
    List<Double> losses = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      ShardTrainer.ShardRound round = trainer.run(workspace, state, 1);
      state = round.state();
      losses.add(round.loss() / round.examples());
    }
    return losses;
  }
}
