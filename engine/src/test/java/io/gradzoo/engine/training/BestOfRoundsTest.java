package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rounds that count: after round r the one parameter is r, so a score is a function of rounds. */
class BestOfRoundsTest {
  private static final BestOfRounds.Rounds COUNTING =
      (start, steps) -> {
        float[] next = start.vector().clone();
        next[0]++;
        return new BestOfRounds.Round(
            new TrainingState(next, start.parameters(), start.steps() + steps),
            0.5 / next[0],
            List.of());
      };

  private final List<BestOfRounds.RoundSummary<Double>> told = new ArrayList<>();

  @Test
  void theBestAreKeptAndNotTheLast() {
    BestOfRounds.Best best = best(1, 1, 5, 3, 4);

    assertThat(best.round()).isEqualTo(2);
    assertThat(best.parameters()).containsExactly(2);
  }

  @Test
  void ofEqualsTheEarlierAreKept() {
    assertThat(best(1, 1, 5, 5, 4, 5).round()).isEqualTo(2);
    assertThat(best(1, -3, -3).round()).isEqualTo(1);
  }

  @Test
  void roundsBetweenEvaluationsAreNoCandidates() {
    BestOfRounds.Best best = best(2, 9, 1, 9, 2, 9, 0);

    assertThat(best.round()).isEqualTo(4);
    assertThat(told).extracting(BestOfRounds.RoundSummary::round).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(told)
        .extracting(BestOfRounds.RoundSummary::validation)
        .containsExactly(null, 1.0, null, 2.0, null, 0.0);
  }

  @Test
  void theLastRoundIsJudgedThoughItsTurnHasNotCome() {
    assertThat(best(3, 9, 9, 1, 9, 2).round()).isEqualTo(5);
    assertThat(best(100, 9, 9, -7).round()).isEqualTo(3);
    assertThat(told.get(told.size() - 1).validation()).isEqualTo(-7.0);
  }

  @Test
  void everyRoundIsToldWithItsStepsAndLoss() {
    best(1, 1, 1);

    assertThat(told)
        .containsExactly(
            new BestOfRounds.RoundSummary<>(1, 3, 0.5, 1.0, List.of()),
            new BestOfRounds.RoundSummary<>(2, 6, 0.25, 1.0, List.of()));
  }

  @Test
  void aScoreThatIsNotFiniteStopsTrainingNamingTheRound() {
    for (double score : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1.0 / 0}) {
      assertThatThrownBy(() -> best(1, 3, score, 4))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage(
              "training diverged: predictions of the validation split are not finite after round"
                  + " 2");
    }
  }

  @Test
  void goesOnFromAnyRoundAsIfItHadNeverStopped() {
    double[] scores = {1, 5, 3, 4, 5, 2};
    for (int evaluateEvery : new int[] {1, 2, 4}) {
      BestOfRounds<Double> training = training(evaluateEvery, scores);
      List<Standing> reached = new ArrayList<>();
      reached.add(Standing.initial(new float[1], training.settings()));
      List<BestOfRounds.RoundSummary<Double>> whole = new ArrayList<>();
      BestOfRounds.Best best =
          training.run(
              reached.get(0),
              (round, checkpoint) -> {
                whole.add(round);
                reached.add(checkpoint);
              });
      for (Standing from : reached) {
        told.clear();

        BestOfRounds.Best again = training.run(from, (round, checkpoint) -> told.add(round));

        assertThat(again).usingRecursiveComparison().isEqualTo(best);
        assertThat(told).isEqualTo(whole.subList(from.round(), whole.size()));
      }
    }
  }

  private BestOfRounds.Best best(int evaluateEvery, double... scores) {
    told.clear();
    return training(evaluateEvery, scores).run(new float[1], told::add);
  }

  private static BestOfRounds<Double> training(int evaluateEvery, double... scores) {
    return new BestOfRounds<>(
        Settings.rounds(scores.length, evaluateEvery),
        COUNTING,
        parameters -> scores[(int) parameters[0] - 1],
        score -> score);
  }
}
