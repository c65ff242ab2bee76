package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.OptimizerKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A step allocates nothing once it is compiled. */
class StepAllocationTest {
  private static final LayeredArchitecture MLP = LayeredArchitecture.parse("tanh:3:dense4:dense2");
  private static final int NEURONS = 9;
  private static final int SET_SIZE = 4;
  private static final long PATIENCE_SECONDS = 60;

  /** A generator of the order of the next epoch, unless C2 keeps it in registers. */
  private static final long BYTES_OF_AN_EPOCH = 48;

  static List<Arguments> heads() {
    return List.of(
        Arguments.of(new GradMetaNetHead.InvariantVector(1), new ElementwiseObjective.Share(), 1),
        Arguments.of(
            new GradMetaNetHead.Reweighting(3),
            new ElementwiseObjective.Unscaled(new TargetStatistics(0, 1)),
            MLP.parameterCount()));
  }

  /** An example has so many targets. */
  @ParameterizedTest
  @MethodSource("heads")
  void trainingStepsAllocateNothingButAnEpochsGenerator(
      GradMetaNetHead head, ElementwiseObjective objective, int targets) {
    Metanetwork metanetwork =
        new GradMetaNet(new GradMetaNetConfig(SET_SIZE, 2, 16, 2, 2, Reduction.SUM, head));
    TrainingSettings settings = Settings.of(2, OptimizerKind.ADAMW, 1e-3, 10, 0.01);
    ShardTrainer trainer = new ShardTrainer(settings, 0, 0, examples(targets));
    Workspace workspace = new Workspace(metanetwork, objective);
    TrainingState state = TrainingState.initial(metanetwork.layout().initialize(1), settings);
    long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    long bytes;
    do {
      long shorter = allocated(trainer, workspace, state, 100);
      bytes = allocated(trainer, workspace, state, 200) - shorter;
    } while ((bytes < 0 || bytes > 100 * BYTES_OF_AN_EPOCH) && System.nanoTime() < deadline);

    assertThat(bytes).as("bytes of 100 steps").isBetween(0L, 100 * BYTES_OF_AN_EPOCH);
  }

  private static long allocated(
      ShardTrainer trainer, Workspace workspace, TrainingState state, int steps) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    trainer.run(workspace, state, steps);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** Two, so that every step begins an epoch. */
  private static List<Example> examples(int targets) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      float[] features = new float[SET_SIZE * NEURONS * 2];
      for (int k = 0; k < features.length; k++) {
        features[k] = (float) Math.sin(k + 7 * i);
      }
      double[] truth = new double[targets];
      Arrays.fill(truth, 0.5);
      ExampleParts parts = ExampleParts.ofFeatures(features).withRawFeatures(features);
      examples.add(new Example("m" + i, MLP, parts, truth));
    }
    return examples;
  }
}
