package io.gradzoo.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.optimize.LearningRateSchedule.Decay;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {

  @Test
  void warmUpRisesLinearlyFromItsFirstStepAndThenStays() {
    LearningRateSchedule schedule = LearningRateSchedule.constant(0.5, 1000);
    assertThat(schedule.rate(0)).isCloseTo(0.0005, within(1e-15));
    assertThat(schedule.rate(499)).isCloseTo(0.25, within(1e-15));
    assertThat(schedule.rate(998)).isLessThan(0.5);
    assertThat(schedule.rate(999)).isEqualTo(0.5);
    assertThat(schedule.rate(123456)).isEqualTo(0.5);
    assertThat(LearningRateSchedule.constant(0.5, 0).rate(0)).isEqualTo(0.5);
  }

  @Test
  void aCosineStepsDownWithEachRoundFromTheFullRate() {
    LearningRateSchedule schedule = new LearningRateSchedule(0.8, 0, Decay.COSINE, 6, 10);

    assertThat(schedule.rate(0)).isEqualTo(0.8);
    assertThat(schedule.rate(9)).isEqualTo(0.8);
    assertThat(schedule.rate(10)).isCloseTo(0.4 * (1 + Math.sqrt(3) / 2), within(1e-15));
    assertThat(schedule.rate(29)).isCloseTo(0.6, within(1e-15));
    assertThat(schedule.rate(30)).isCloseTo(0.4, within(1e-15));
    assertThat(schedule.rate(40)).isCloseTo(0.2, within(1e-15));
  }

  @Test
  void theLastStepRunsAtTheLastRoundsRateAndSoDoesEveryStepBeyond() {
    LearningRateSchedule schedule = new LearningRateSchedule(0.8, 0, Decay.COSINE, 6, 10);
    double last = 0.4 * (1 - Math.sqrt(3) / 2);

    assertThat(schedule.rate(50)).isCloseTo(last, within(1e-15));
    assertThat(schedule.rate(59)).isCloseTo(last, within(1e-15));
    assertThat(schedule.rate(60)).isCloseTo(last, within(1e-15));
    assertThat(schedule.rate(1000)).isCloseTo(last, within(1e-15));
  }

  @Test
  void aWarmUpOfMoreThanARoundMultipliesTheCosine() {
    LearningRateSchedule schedule = new LearningRateSchedule(0.8, 40, Decay.COSINE, 6, 10);

    assertThat(schedule.rate(0)).isCloseTo(0.8 / 40, within(1e-15));
    assertThat(schedule.rate(29)).isCloseTo(0.6 * 30 / 40, within(1e-15));
    assertThat(schedule.rate(39)).isCloseTo(0.4, within(1e-15));
  }

  @Test
  void aRoundHasTheSameShareWhateverItsSteps() {
    LearningRateSchedule one = new LearningRateSchedule(0.8, 0, Decay.COSINE, 6, 1);
    LearningRateSchedule many = new LearningRateSchedule(0.8, 0, Decay.COSINE, 6, 1000);
    for (int round = 0; round < 6; round++) {
      assertThat(many.rate(1000L * round + 999)).isEqualTo(one.rate(round));
    }
  }

  @Test
  void whatIsNoScheduleIsRefused() {
    assertThatThrownBy(() -> LearningRateSchedule.constant(0, 1))
        .hasMessage("learning rate: expected a positive number, found 0.0");
    assertThatThrownBy(() -> LearningRateSchedule.constant(Double.NaN, 1))
        .hasMessage("learning rate: expected a positive number, found NaN");
    assertThatThrownBy(() -> LearningRateSchedule.constant(1, -1))
        .hasMessage("learning rate: expected warm-up steps >= 0, found -1");
    assertThatThrownBy(() -> new LearningRateSchedule(1, 0, Decay.COSINE, 0, 5))
        .hasMessage("learning rate: expected rounds and steps, found 0 rounds of 5");
  }
}
