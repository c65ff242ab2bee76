package io.gradzoo.jobs.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.testing.SharedSession;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Rounds whose tasks take a known time. */
class RoundClockTest {
  private static final int MILLIS = 150;
  private static final TrainingState STATE = new TrainingState(new float[1], 1, 0);

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());

  @Test
  void tellsTheComputeOfRoundsFromWhatTheyCostBeyondIt() {
    BestOfRounds.Rounds rounds =
        (start, steps) -> {
          sleepInTasks(4);
          return new BestOfRounds.Round(start, 0, List.of());
        };
    RoundCosts costs;
    try (RoundClock clock = new RoundClock(spark.sc())) {
      clock.measuring(rounds).run(STATE, 1);
      sleepInTasks(8); // as validation does
      clock.measuring(rounds).run(STATE, 1);
      costs = clock.costs();
    }

    double asleep = 2 * 4 * MILLIS * 1e-3;
    assertThat(costs.rounds()).isEqualTo(2);
    assertThat(costs.slots()).isEqualTo(2);
    assertThat(costs.taskSeconds()).isBetween(asleep, 1.9 * asleep);
    assertThat(costs.seconds()).isGreaterThan(costs.taskSeconds() / 2);
    assertThat(costs.computePerRound() + costs.beyondPerRound())
        .isCloseTo(costs.seconds() / 2, within(1e-9));
  }

  @Test
  void costsInWords() {
    assertThat(new RoundCosts(4, 2, 3, 2).words())
        .isEqualTo("4 rounds of 0.500 s, of which 0.125 s (25 %) beyond their compute on 2 slots");
  }

  private void sleepInTasks(int tasks) {
    spark
        .parallelize(List.of(1, 2, 3, 4, 5, 6, 7, 8).subList(0, tasks), tasks)
        .foreach(each -> Thread.sleep(MILLIS));
  }
}
