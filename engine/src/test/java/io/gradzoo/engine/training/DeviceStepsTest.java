package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.device.CappedAccelerator;
import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.device.WatchedAccelerator;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of which the device computes the loss and the update too. */
class DeviceStepsTest {
  private static final int STEPS = 20;
  private static final LayeredArchitecture MLP = LayeredArchitecture.parse("tanh:3:dense4:dense2");
  private static final int NEURONS = 9;
  private static final int SET = 4;

  /** Outputs in several tensors, a number for each parameter of the network. */
  private static final Metanetwork METANETWORK =
      new GradMetaNet(
          new GradMetaNetConfig(
              SET, 2, 8, 2, 2, Reduction.SUM, new GradMetaNetHead.Reweighting(3)));

  private final TrainingSettings settings =
      Settings.of(3, OptimizerKind.ADAMW, 0.01, 0, 0.01).withAccumulation(2);
  private final TrainingState start =
      TrainingState.initial(METANETWORK.layout().initialize(5), settings);

  static List<ElementwiseObjective> objectives() {
    TargetStatistics statistics = new TargetStatistics(0.4f, 0.2f);
    return List.of(
        new ElementwiseObjective.Share(),
        new ElementwiseObjective.CrossEntropy(),
        new ElementwiseObjective.Standardized(statistics),
        new ElementwiseObjective.Unscaled(statistics));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void twentyStepsAreThoseOfTheCpu(ElementwiseObjective objective) {
    ShardTrainer.ShardRound expected = descend(CpuDevice.best(), objective);
    ShardTrainer.ShardRound actual = descend(EmulatedGpu.device(), objective);

    assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-5 * expected.loss()));
    assertThat(actual.examples()).isEqualTo(expected.examples());
    assertThat(expected.state().vector()).isNotEqualTo(start.parameterValues());
    for (int i = 0; i < start.parameters(); i++) {
      float parameter = expected.state().vector()[i];
      assertThat(actual.state().vector()[i]).isCloseTo(parameter, within(1e-5f));
    }
  }

  /** By plain gradient descent, which makes little of the rounding of a gradient of zero. */
  private static ShardTrainer.ShardRound descend(Device device, ElementwiseObjective objective) {
    TrainingSettings plain = Settings.of(3, OptimizerKind.SGD, 0.01, 0, 0).withAccumulation(2);
    TrainingState from = TrainingState.initial(METANETWORK.layout().initialize(5), plain);
    Workspace workspace = new Workspace(METANETWORK, objective, objective, device);
    return new ShardTrainer(plain, 11, 0, examples()).run(workspace, from, STEPS);
  }

  /** The first batch after the stop is a smaller one. */
  @Test
  void stepsGoOnFromAStateAsIfTheyHadNotStopped() {
    ElementwiseObjective objective = new ElementwiseObjective.Share();
    TrainingState half = run(EmulatedGpu.device(), objective, start, 1).state();

    assertThat(run(EmulatedGpu.device(), objective, half, STEPS - 1).state().vector())
        .isEqualTo(run(EmulatedGpu.device(), objective, start, STEPS).state().vector());
  }

  @Test
  void aBatchThatATasksShareHasNoRoomForIsCut() {
    ElementwiseObjective objective = new ElementwiseObjective.Share();
    WatchedAccelerator watched = new WatchedAccelerator(EmulatedGpu.accelerator());
    ShardTrainer.ShardRound whole = run(new GpuDevice(watched), objective, start, STEPS);
    long needed = watched.asked().stream().mapToLong(Long::longValue).sum();
    WatchedAccelerator shared = new WatchedAccelerator(EmulatedGpu.accelerator());
    CappedAccelerator share = new CappedAccelerator(shared, needed - 1);
    ShardTrainer.ShardRound cut = run(new GpuDevice(share), objective, start, STEPS);

    assertThat(shared.asked()).isNotEqualTo(watched.asked());
    assertThat(cut.loss()).isCloseTo(whole.loss(), within(1e-5 * whole.loss()));
  }

  @Test
  void nothingComesBackBeforeTheLastStep() {
    WatchedAccelerator watched = new WatchedAccelerator(EmulatedGpu.accelerator());
    ElementwiseObjective objective = new ElementwiseObjective.Share();
    run(new GpuDevice(watched), objective, start, STEPS);

    int parameters = start.parameters();
    assertThat(watched.reads())
        .as("losses and norms, both moments, parameters")
        .containsExactly(2 * STEPS, parameters, parameters, parameters);
  }

  @Test
  void theFirstStepThatDivergesIsNamedAndLeavesNothingBehind() {
    ElementwiseObjective objective =
        new ElementwiseObjective.Standardized(new TargetStatistics(0, 1e-30f));
    Workspace workspace = new Workspace(METANETWORK, objective, objective, EmulatedGpu.device());
    ShardTrainer trainer = new ShardTrainer(settings, 11, 7, examples());
    assertThatThrownBy(() -> trainer.run(workspace, start, STEPS))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("training diverged in shard 7 at step 1: loss Infinity");

    workspace.load(start.parameterValues());
    Workspace fresh = new Workspace(METANETWORK, objective, objective, EmulatedGpu.device());
    fresh.load(start.parameterValues());
    assertThat(workspace.predictAll(examples())).isEqualTo(fresh.predictAll(examples()));
  }

  private ShardTrainer.ShardRound run(
      Device device, ElementwiseObjective objective, TrainingState from, int steps) {
    Workspace workspace = new Workspace(METANETWORK, objective, objective, device);
    return new ShardTrainer(settings, 11, 0, examples()).run(workspace, from, steps);
  }

  private static List<Example> examples() {
    SplittableRandom random = new SplittableRandom(3);
    return IntStream.range(0, 7)
        .mapToObj(
            i -> {
              float[] features = new float[SET * NEURONS * 2];
              for (int k = 0; k < features.length; k++) {
                features[k] = (float) random.nextGaussian();
              }
              double[] targets = random.doubles(MLP.parameterCount(), 0.1, 0.9).toArray();
              ExampleParts parts = ExampleParts.ofFeatures(features).withRawFeatures(features);
              return new Example("m" + i, MLP, parts, targets);
            })
        .toList();
  }
}
