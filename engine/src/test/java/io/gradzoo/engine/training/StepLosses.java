package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;

/** The losses of a training, step by step, by which devices are compared. */
public final class StepLosses {
  private StepLosses() {}

  /** The mean loss of each of the first steps. */
  public static List<Double> of(
      Workspace workspace, ShardTrainer trainer, TrainingState start, int steps) {
    TrainingState state = start;
    List<Double> losses = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      ShardTrainer.ShardRound round = trainer.run(workspace, state, 1);
      state = round.state();
      losses.add(round.loss() / round.examples());
    }
    return losses;
  }

  /** Requires that they agree to 1e-4 of the first loss. */
  public static void requireNear(List<Double> actual, List<Double> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int step = 0; step < expected.size(); step++) {
      assertThat(actual.get(step))
          .as("step %d", step)
          .isCloseTo(expected.get(step), within(1e-4 * expected.get(0)));
    }
  }
}
