package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.optimize.OuterOptimizer;
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

  @Test
  void trainingEndsWhenSoManyLooksInARowFoundNothingBetter() {
    double[] scores = {1, 5, 3, 5, 4, 9, 9};
    assertThat(patient(1, 3, scores).round()).isEqualTo(2);
    assertThat(told).hasSize(5);
    assertThat(patient(1, 4, scores).round()).isEqualTo(6);
    assertThat(told).hasSize(7);
    assertThat(patient(2, 1, 9, 1, 9, 1, 9, 7).round()).isEqualTo(2);
    assertThat(told).as("rounds without a look do not count").hasSize(4);
  }

  @Test
  void anEndedTrainingThatIsTakenUpAgainHasNothingLeftToDo() {
    List<Standing> reached = new ArrayList<>();
    BestOfRounds<Double> training = training(Settings.patient(7, 1, 2), 1, 5, 3, 4, 9, 9, 9);
    training.run(
        Standing.initial(new float[1], Settings.patient(7, 1, 2)),
        (round, standing) -> reached.add(standing));
    Standing last = reached.get(reached.size() - 1);

    assertThat(reached).hasSize(4);
    assertThat(last.isOver(Settings.patient(7, 1, 2))).isTrue();
    BestOfRounds.Best best = training.run(last, (round, standing) -> reached.add(standing));
    assertThat(best.round()).isEqualTo(2);
    assertThat(reached).hasSize(4);
  }

  /** A round moves the parameter by 1; the outer step at 0.5 with momentum 0.5 by 0.75 at first. */
  @Test
  void theOuterOptimiserMovesWhatWasAveragedAndKeepsItsVelocity() {
    TrainingSettings settings =
        Settings.rounds(2, 1)
            .withAveraging(
                new Averaging(
                    OptimizerState.AVERAGED, new OuterOptimizer(0.5, 0.5), OnDivergence.FAIL));
    List<TrainingState> states = new ArrayList<>();
    BestOfRounds.Rounds counting =
        (start, steps) -> {
          float[] next = start.vector().clone();
          next[0]++;
          return new BestOfRounds.Round(start.next(steps, next, List.of()), 0, List.of());
        };
    new BestOfRounds<>(settings, counting, parameters -> (double) parameters[0], score -> score)
        .run(
            Standing.initial(new float[1], settings),
            (round, standing) -> states.add(standing.state()));

    assertThat(states.get(0).vector()[0]).isEqualTo(0.75f);
    assertThat(states.get(0).velocity()).containsExactly(-1);
    assertThat(states.get(1).vector()[0]).isEqualTo(0.75f + 0.5f * 1.75f);
    assertThat(states.get(1).velocity()).containsExactly(-1.5f);
  }

  private BestOfRounds.Best patient(int evaluateEvery, int patience, double... scores) {
    told.clear();
    return training(Settings.patient(scores.length, evaluateEvery, patience), scores)
        .run(new float[1], told::add);
  }

  private BestOfRounds.Best best(int evaluateEvery, double... scores) {
    told.clear();
    return training(evaluateEvery, scores).run(new float[1], told::add);
  }

  private static BestOfRounds<Double> training(int evaluateEvery, double... scores) {
    return training(Settings.rounds(scores.length, evaluateEvery), scores);
  }

  private static BestOfRounds<Double> training(TrainingSettings settings, double... scores) {
    return new BestOfRounds<>(
        settings, COUNTING, parameters -> scores[(int) parameters[0] - 1], score -> score);
  }
}
