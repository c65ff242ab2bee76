package io.gradzoo.engine.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.device.WatchedAccelerator;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightGauge;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightTerms;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.StepLosses;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of a metanetwork that edits networks, whose loss a device computes on its tape. */
class EditDeviceTest {
  private static final int STEPS = 20;
  private static final int NETWORKS = 5;

  /** Small, since Adam makes a step of this length of the rounding of a gradient of zero. */
  private static final double RATE = 0.003;

  static List<String> architectures() {
    return Operators.ARCHITECTURES;
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void lossesAreThoseOfTheTargetNetworksOwnPasses(String architecture) {
    Steps steps = new Steps(architecture, 0.05);
    List<Double> expected = steps.losses(CpuDevice.best());
    List<Double> actual = steps.losses(EmulatedGpu.device());

    assertThat(expected.get(STEPS - 1)).as("it learns").isLessThan(0.97 * expected.get(0));
    StepLosses.requireNear(actual, expected);
  }

  @Test
  void parametersAreThoseOfTheTargetNetworksOwnPassesAndNothingElseComesBack() {
    WatchedAccelerator watched = new WatchedAccelerator(EmulatedGpu.accelerator());
    Steps steps = new Steps(Operators.ARCHITECTURES.get(2), 0);
    float[] expected = steps.descend(CpuDevice.best());
    float[] actual = steps.descend(new GpuDevice(watched));

    assertThat(expected).isNotEqualTo(steps.start(OptimizerKind.SGD).vector());
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
    }
    assertThat(watched.reads())
        .as("losses and norms, parameters")
        .containsExactly(2 * STEPS, expected.length);
  }

  /** The steps of an operator. */
  private static final class Steps {
    private final ScaleGmn operator;
    private final EditObjective objective;
    private final List<Example> networks;

    Steps(String architecture, double l1) {
      LayeredArchitecture of = LayeredArchitecture.parse(architecture);
      WeightGauge gauge =
          of.activation() == Activation.RELU ? WeightGauge.BALANCED : WeightGauge.AS_GIVEN;
      operator = Operators.symmetric(of, WeightTerms.GATED_AND_PRODUCTS, gauge);
      objective = new EditObjective(Operators.images(of), 8, l1);
      networks =
          LongStream.range(0, NETWORKS).mapToObj(seed -> Operators.network(of, seed)).toList();
    }

    TrainingState start(OptimizerKind kind) {
      return TrainingState.initial(Operators.generic(operator), settings(kind));
    }

    List<Double> losses(Device device) {
      Workspace workspace = new Workspace(operator, objective, objective, device);
      TrainingSettings settings = settings(OptimizerKind.ADAMW);
      ShardTrainer trainer = new ShardTrainer(settings, 11, 0, networks);
      return StepLosses.of(workspace, trainer, start(OptimizerKind.ADAMW), STEPS);
    }

    /** The parameters after plain gradient descent. */
    float[] descend(Device device) {
      Workspace workspace = new Workspace(operator, objective, objective, device);
      TrainingSettings settings = settings(OptimizerKind.SGD);
      ShardTrainer trainer = new ShardTrainer(settings, 11, 0, networks);
      return trainer.run(workspace, start(OptimizerKind.SGD), STEPS).state().vector();
    }

    private static TrainingSettings settings(OptimizerKind kind) {
      LearningRateSchedule.Decay decay = LearningRateSchedule.Decay.CONSTANT;
      return new TrainingSettings(1, 1, 1, 2, kind, RATE, decay, 0, 0, 1, 1);
    }
  }
}
