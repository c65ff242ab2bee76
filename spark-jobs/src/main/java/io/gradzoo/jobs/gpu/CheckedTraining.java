package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlus;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlusConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.training.ElementwiseObjective;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A training that devices are compared on, of random networks or gradient sets.
 *
 * @param name of the metanetwork
 * @param metanetwork what is trained
 * @param architecture of the networks
 * @param input random numbers of the length that it reads
 */
record CheckedTraining(
    String name,
    Metanetwork metanetwork,
    LayeredArchitecture architecture,
    Function<SplittableRandom, ExampleParts> input) {
  private static final int STEPS = 20;
  private static final int EXAMPLES = 17;
  private static final int BATCH = 5;
  private static final int SET = 8;
  private static final int POSITIONS = 4;
  private static final LayeredArchitecture RELU =
      LayeredArchitecture.parse("relu:1x6x6:conv3k3s1p0:gap:dense4");
  private static final LayeredArchitecture TANH = LayeredArchitecture.parse("tanh:3:dense5:dense2");

  /** ScaleGMN of both groups and directions, GradMetaNet and GradMetaNet++. */
  static List<CheckedTraining> all() {
    GradMetaNetHead head = new GradMetaNetHead.InvariantVector(1);
    return List.of(
        ofWeights("ScaleGMN, ReLU", RELU, ScaleGmnConfig.Direction.FORWARD),
        ofWeights("ScaleGMN, tanh, both directions", TANH, ScaleGmnConfig.Direction.BIDIRECTIONAL),
        ofGradients(
            "GradMetaNet",
            new GradMetaNet(new GradMetaNetConfig(SET, POSITIONS, 8, 2, 2, Reduction.MEAN, head))),
        ofGradients(
            "GradMetaNet++",
            new GradMetaNetPlusPlus(
                new GradMetaNetPlusPlusConfig(SET, POSITIONS, 4, 2, 2, Reduction.MEAN, head))));
  }

  private static CheckedTraining ofWeights(
      String name, LayeredArchitecture architecture, ScaleGmnConfig.Direction direction) {
    ScaleGmnConfig config =
        new ScaleGmnConfig(
            RescalingGroup.HETERO,
            direction,
            8,
            2,
            new ScaleGmnHead.Invariant(ScaleGmnConfig.ReadoutNodes.FULL_GRAPH, 1),
            ScaleGmnConfig.Canonicalization.SYMMETRIZED,
            ScaleGmnConfig.Phases.AS_GIVEN,
            ScaleGmnConfig.BoundaryUpdate.PERCEPTRON,
            2,
            2,
            ScaleGmnConfig.Positions.DEFAULT,
            true,
            true,
            0f,
            0f,
            ScaleGmnConfig.Compatibility.EXACT);
    return new CheckedTraining(
        name,
        new ScaleGmn(config, GraphLayout.of(architecture)),
        architecture,
        random -> ExampleParts.ofWeights(numbers(architecture.parameterCount(), random)));
  }

  private static CheckedTraining ofGradients(String name, Metanetwork metanetwork) {
    int length = SET * NeuronFeatures.neurons(TANH) * 2;
    return new CheckedTraining(
        name, metanetwork, TANH, random -> ExampleParts.ofFeatures(numbers(length, random)));
  }

  private static float[] numbers(int count, SplittableRandom random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** Compares the losses of all steps with those of the CPU. */
  GpuCheckResult.Checked compare(Device device, Device again) {
    List<Double> expected = losses(CpuDevice.best());
    List<Double> actual = losses(device);
    double largest = 0;
    for (int step = 0; step < STEPS; step++) {
      largest = Math.max(largest, Math.abs(actual.get(step) - expected.get(step)));
    }
    boolean sameBits = actual.equals(losses(again));
    return new GpuCheckResult.Checked(name, largest / expected.get(0), sameBits);
  }

  private List<Double> losses(Device device) {
    SplittableRandom random = new SplittableRandom(3);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      float target = (float) random.nextDouble(0.1, 0.9);
      examples.add(new Example("made-up-" + i, architecture, input.apply(random), target));
    }
    TrainingSettings settings =
        new TrainingSettings(
            1,
            1,
            1,
            BATCH,
            OptimizerKind.ADAMW,
            0.003,
            LearningRateSchedule.Decay.CONSTANT,
            0,
            0.01,
            1,
            1);
    ElementwiseObjective objective = new ElementwiseObjective.Share();
    Workspace workspace = new Workspace(metanetwork, objective, objective, device);
    ShardTrainer trainer = new ShardTrainer(settings, 1, 0, examples);
    TrainingState state = TrainingState.initial(metanetwork.layout().initialize(1), settings);
    List<Double> losses = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      ShardTrainer.ShardRound round = trainer.run(workspace, state, 1);
      state = round.state();
      losses.add(round.loss() / round.examples());
    }
    return losses;
  }
}
