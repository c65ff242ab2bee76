package io.gradzoo.engine.training;

import io.gradzoo.engine.optimize.LearningRateSchedule.Decay;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.optimize.OuterOptimizer;

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

  /** Likewise, that end when so many evaluations in a row brought nothing better. */
  static TrainingSettings patient(int rounds, int evaluateEvery, int patience) {
    return new TrainingSettings(
        1,
        rounds,
        3,
        4,
        OptimizerKind.ADAMW,
        0.01,
        Decay.CONSTANT,
        2,
        0.01,
        10,
        evaluateEvery,
        Averaging.PLAIN,
        1,
        0,
        patience);
  }

  /** Of an optimiser's state that is not averaged. */
  static TrainingSettings with(TrainingSettings settings, OptimizerState state) {
    return settings.withAveraging(
        new Averaging(state, OuterOptimizer.AVERAGE, OnDivergence.SKIP_SHARD));
  }

  /** In which epochs decide the number of rounds. */
  static TrainingSettings epochs(int epochs, int batchSize, int accumulation, int stepsPerRound) {
    return new TrainingSettings(
        1,
        9,
        stepsPerRound,
        batchSize,
        OptimizerKind.ADAMW,
        0.01,
        Decay.CONSTANT,
        2,
        0.01,
        10,
        1,
        Averaging.PLAIN,
        accumulation,
        epochs,
        0);
  }
}
