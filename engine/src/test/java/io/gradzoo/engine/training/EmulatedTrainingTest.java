package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.device.WatchedAccelerator;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
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
    StepLosses.requireNear(actual, expected);
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
    long most = 60_000;
    WatchedAccelerator small = new WatchedAccelerator(EmulatedGpu.accelerator(), most);
    List<Example> examples = ShardTrainerTest.examples(30);
    float[] whole = predictions(EmulatedGpu.device(), examples);
    float[] inPieces = predictions(new GpuDevice(small), examples);

    assertThat(small.asked()).as("too much at first").anyMatch(bytes -> bytes > most);
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

  /** Networks of two architectures, whose numbers in a batch change from step to step. */
  private static List<Double> losses(Device device) {
    TrainingSettings settings = Settings.of(5, OptimizerKind.ADAMW, 0.01, 0, 0.01);
    ElementwiseObjective objective = new ElementwiseObjective.Share();
    Workspace workspace = new Workspace(METANETWORK, objective, objective, device);
    ShardTrainer trainer = new ShardTrainer(settings, 11, 0, ShardTrainerTest.examples(17));
    TrainingState state = TrainingState.initial(METANETWORK.layout().initialize(5), settings);
    return StepLosses.of(workspace, trainer, state, STEPS);
  }
}
