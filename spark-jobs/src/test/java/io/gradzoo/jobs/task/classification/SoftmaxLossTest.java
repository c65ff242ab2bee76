package io.gradzoo.jobs.task.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.baseline.FlatMlp;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.LearningRateSchedule.Decay;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The loss of classes, through a small network whose three outputs it reads. */
class SoftmaxLossTest {
  private static final Architecture NETWORK = LayeredArchitecture.parse("relu:2:dense2:dense1");
  private static final FlatMlp METANETWORK = new FlatMlp(NETWORK.parameterCount(), 4, 3);
  private static final SoftmaxLoss LOSS = new SoftmaxLoss(3);
  private static final int STEPS = 20;

  private final Workspace workspace = new Workspace(METANETWORK, LOSS, LOSS);
  private final List<Example> examples = examples();

  @Test
  void theLossIsMinusTheLogarithmOfTheClassesProbabilityAndProbabilitiesAddToOne() {
    workspace.load(METANETWORK.layout().initialize(1));

    List<Workspace.EvaluatedExample> results = workspace.evaluate(examples);

    for (int i = 0; i < results.size(); i++) {
      float[] logarithms = results.get(i).predicted();
      double sum = 0;
      for (float each : logarithms) {
        sum += Math.exp(each);
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
      assertThat(results.get(i).loss())
          .isCloseTo(-logarithms[(int) examples.get(i).target()], within(1e-6))
          .isPositive();
    }
  }

  @Test
  void itsGradientIsThatOfDifferences() {
    float[] parameters = METANETWORK.layout().initialize(2);
    SplittableRandom random = new SplittableRandom(3);
    double[] direction = random.doubles(parameters.length, -1, 1).toArray();

    workspace.load(parameters);
    Workspace.SummedLoss sum = workspace.differentiate(examples, 0);
    double slope = 0;
    for (int i = 0; i < direction.length; i++) {
      slope += direction[i] * sum.gradient()[i];
    }

    assertThat(slope)
        .isCloseTo(
            (loss(parameters, direction, 1e-3) - loss(parameters, direction, -1e-3)) / 2e-3,
            within(1e-3 * Math.abs(slope)));
  }

  @Test
  void outputsOfAnySizeHaveALoss() {
    float[] huge = METANETWORK.layout().initialize(2);
    for (int i = 0; i < huge.length; i++) {
      huge[i] *= 1e9f;
    }
    workspace.load(huge);

    for (Workspace.EvaluatedExample result : workspace.evaluate(examples)) {
      assertThat(result.loss()).isFinite().isNotNegative();
      assertThat(result.predicted()).doesNotContain(Float.NaN, Float.NEGATIVE_INFINITY);
    }
  }

  @Test
  void aDeviceComputesItInEveryStepAsTheCpuDoes() {
    boolean required = "required".equals(System.getenv("GRADZOO_COMPILER"));
    assumeTrue(required || EmulatedAccelerator.available(), "no C++ compiler");
    Parameters none = Parameters.over(new float[METANETWORK.layout().size()]);
    Tape tape = new Tape(CpuDevice.best(), none, 1, Tape.Mode.TRAINING);
    assertThat(LOSS.recorded(tape, METANETWORK.record(tape, NETWORK), NETWORK))
        .as("what a device takes in the place of the host's loss")
        .isPresent();
    DeviceSettings emulated = new DeviceSettings(DeviceChoice.EMULATED, ProductPrecision.FLOAT32);
    List<Double> expected = losses(workspace);
    List<Double> actual = losses(new Workspace(METANETWORK, LOSS, LOSS, emulated.open().device()));

    assertThat(expected.get(STEPS - 1)).as("it learns").isLessThan(0.9 * expected.get(0));
    for (int step = 0; step < STEPS; step++) {
      assertThat(actual.get(step))
          .as("step %d", step)
          .isCloseTo(expected.get(step), within(1e-4 * expected.get(0)));
    }
  }

  private List<Double> losses(Workspace trained) {
    TrainingSettings settings =
        new TrainingSettings(1, 1, 1, 4, OptimizerKind.ADAMW, 0.02, Decay.CONSTANT, 0, 0.01, 1, 1);
    ShardTrainer trainer = new ShardTrainer(settings, 1, 0, examples);
    TrainingState state = TrainingState.initial(METANETWORK.layout().initialize(1), settings);
    List<Double> losses = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      ShardTrainer.ShardRound round = trainer.run(trained, state, 1);
      state = round.state();
      losses.add(round.loss() / round.examples());
    }
    return losses;
  }

  private double loss(float[] parameters, double[] direction, double step) {
    float[] moved = parameters.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    workspace.load(moved);
    return workspace.evaluate(examples).stream()
        .mapToDouble(Workspace.EvaluatedExample::loss)
        .sum();
  }

  private static List<Example> examples() {
    SplittableRandom random = new SplittableRandom(5);
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      float[] weights = new float[NETWORK.parameterCount()];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = (float) random.nextGaussian();
      }
      all.add(new Example("m" + i, NETWORK, ExampleParts.ofWeights(weights), i % 3));
    }
    return all;
  }
}
