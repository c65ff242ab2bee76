package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.network.Architecture;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A step allocates nothing once it is compiled. */
class StepAllocationTest {
  private static final Architecture MLP = Architecture.parse("tanh:3:dense4:dense2");
  private static final int NEURONS = 9;
  private static final int SET_SIZE = 4;
  private static final long PATIENCE_SECONDS = 60;

  /** A generator of the order of the next epoch, unless C2 keeps it in registers. */
  private static final long BYTES_OF_AN_EPOCH = 48;

  @Test
  void trainingStepsAllocateNothingButAnEpochsGenerator() {
    Metanetwork metanetwork =
        new GradMetaNet(
            new GradMetaNetConfig(
                SET_SIZE, 2, 16, 2, 2, Reduction.SUM, new GradMetaNetConfig.Head.Invariant(1)));
    TrainingSettings settings =
        new TrainingSettings(2, TrainingSettings.Rule.ADAMW, 1e-3, 10, 0.01, 10, 0);
    ShardTrainer trainer = new ShardTrainer(settings, 0, examples());
    Workspace workspace = new Workspace(metanetwork);
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
  private static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      float[] features = new float[SET_SIZE * NEURONS * 2];
      for (int k = 0; k < features.length; k++) {
        features[k] = (float) Math.sin(k + 7 * i);
      }
      examples.add(new Example("m" + i, MLP.toString(), features, 0.5f));
    }
    return examples;
  }
}
