package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * A training that devices are compared on.
 *
 * @param subject what is trained
 */
record CheckedTraining(GpuSubject subject) {
  private static final int STEPS = 20;
  private static final int EXAMPLES = 17;
  private static final int BATCH = 5;

  /** Of each small metanetwork. */
  static List<CheckedTraining> all() {
    return GpuSubject.small().stream().map(CheckedTraining::new).toList();
  }

  /** As presets train, with batches of a size. */
  static TrainingSettings settings(int batch) {
    return new TrainingSettings(
        1,
        1,
        1,
        batch,
        OptimizerKind.ADAMW,
        0.003,
        LearningRateSchedule.Decay.CONSTANT,
        0,
        0.01,
        1,
        1);
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
    return new GpuCheckResult.Checked(subject.name(), largest / expected.get(0), sameBits);
  }

  private List<Double> losses(Device device) {
    TrainingSettings settings = settings(BATCH);
    Workspace workspace = subject.workspace(device);
    ShardTrainer trainer = new ShardTrainer(settings, 1, 0, subject.examples(EXAMPLES));
    float[] initial = subject.metanetwork().layout().initialize(1);
    TrainingState state = TrainingState.initial(initial, settings);
    List<Double> losses = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      ShardTrainer.ShardRound round = trainer.run(workspace, state, 1);
      state = round.state();
      losses.add(round.loss() / round.examples());
    }
    return losses;
  }
}
