package io.gradzoo.engine.training;

import io.gradzoo.engine.optimize.LearningRateSchedule.Decay;
import io.gradzoo.engine.optimize.OptimizerKind;

/** Settings of a training, for tests of what a few of them do. */
final class Settings {
  private Settings() {}

  /** Of steps in one shard. */
  static TrainingSettings of(
      int batchSize, OptimizerKind optimizer, double rate, int warmup, double weightDecay) {
    return new TrainingSettings(
        1, 1, 1, batchSize, optimizer, rate, Decay.CONSTANT, warmup, weightDecay, 10, 1);
  }

  /** Of rounds of three steps. */
  static TrainingSettings rounds(int rounds, int evaluateEvery) {
    return new TrainingSettings(
        1, rounds, 3, 4, OptimizerKind.ADAMW, 0.01, Decay.CONSTANT, 2, 0.01, 10, evaluateEvery);
  }
}
