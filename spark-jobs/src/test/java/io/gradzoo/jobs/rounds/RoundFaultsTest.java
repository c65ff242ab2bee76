package io.gradzoo.jobs.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.optimize.OuterOptimizer;
import io.gradzoo.engine.training.Averaging;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.LocalRounds;
import io.gradzoo.engine.training.OnDivergence;
import io.gradzoo.engine.training.OptimizerState;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.testing.SharedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rounds whose tasks fail, and shards whose numbers cease to be finite. */
class RoundFaultsTest {
  private static final int STEPS = 3;
  private static final int ROUNDS = 4;
  private static final long SEED = 5;
  private static final int ROOM = 1 << 24;
  private static final int NO_ROOM = 0;

  private static JavaSparkContext spark;

  /** Of four attempts. */
  @BeforeAll
  static void openASessionThatTriesAgain() {
    spark =
        JavaSparkContext.fromSparkContext(
            SharedSession.on("local[4,4]", Map.of("spark.task.maxFailures", "4")).sparkContext());
  }

  @AfterAll
  static void backToTheUsualSession() {
    SharedSession.get();
  }

  @Test
  void tasksThatFailOnTheirFirstAttemptChangeNothing() {
    List<List<Example>> shards = AveragingRoundsTest.shards(6);
    JavaPairRDD<Integer, List<Example>> failing =
        rdd(shards)
            .mapToPair(
                shard -> {
                  TaskContext task = TaskContext.get();
                  SplittableRandom random =
                      new SplittableRandom(31L * task.stageId() + task.partitionId());
                  if (task.attemptNumber() == 0 && random.nextDouble() < 0.3) {
                    throw new IllegalStateException("a first attempt");
                  }
                  return shard;
                });

    for (int room : new int[] {ROOM, NO_ROOM}) {
      assertThat(after(rounds(settings(OnDivergence.FAIL), failing, room)))
          .isEqualTo(after(inALoop(settings(OnDivergence.FAIL), shards)));
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aTaskThatAlwaysThrowsSaysWhyAndTheSessionWorksOn() {
    List<List<Example>> shards = AveragingRoundsTest.shards(3);
    JavaPairRDD<Integer, List<Example>> broken =
        rdd(shards)
            .mapToPair(
                shard -> {
                  if (shard._1() == 1) {
                    throw new IllegalStateException("shard 1 is broken");
                  }
                  return shard;
                });

    assertThatThrownBy(() -> after(rounds(settings(OnDivergence.FAIL), broken, ROOM)))
        .satisfies(
            failure -> {
              assertThat(Failures.exitCode(failure)).isEqualTo(ExitCode.INTERNAL);
              assertThat(Failures.faults(failure).get(0).toString()).contains("shard 1 is broken");
            });
    assertThat(after(rounds(settings(OnDivergence.FAIL), rdd(shards), ROOM)))
        .isEqualTo(after(inALoop(settings(OnDivergence.FAIL), shards)));
  }

  @Test
  void aShardThatDivergesEndsTrainingUnlessItIsSkipped() {
    List<List<Example>> shards = poisoned(1);

    for (int room : new int[] {ROOM, NO_ROOM}) {
      assertThatThrownBy(() -> after(rounds(settings(OnDivergence.FAIL), rdd(shards), room)))
          .satisfies(
              failure ->
                  assertThat(Failures.cause(failure, ArithmeticException.class).orElseThrow())
                      .hasMessageContaining("training diverged in shard 1 at step 1: loss NaN"));
    }
  }

  @Test
  void aSkippedShardCountsForNothingAndIsNamed() {
    List<List<Example>> without = new ArrayList<>(AveragingRoundsTest.shards(3));
    without.set(1, List.of());
    float[] expected = after(inALoop(settings(OnDivergence.FAIL), without));
    TrainingSettings skipping = settings(OnDivergence.SKIP_SHARD);

    for (BestOfRounds.Rounds rounds :
        List.of(
            inALoop(skipping, poisoned(1)),
            rounds(skipping, rdd(poisoned(1)), ROOM),
            rounds(skipping, rdd(poisoned(1)), NO_ROOM))) {
      assertThat(after(rounds)).isEqualTo(expected);
      BestOfRounds.Round round = rounds.run(initial(), STEPS);
      assertThat(round.skippedShards()).containsExactly(1);
      assertThat(round.loss()).isFinite();
    }
  }

  @Test
  void trainingEndsIfNoShardIsLeft() {
    TrainingSettings skipping = settings(OnDivergence.SKIP_SHARD);
    for (BestOfRounds.Rounds rounds :
        List.of(
            inALoop(skipping, poisoned(0, 1, 2)),
            rounds(skipping, rdd(poisoned(0, 1, 2)), ROOM),
            rounds(skipping, rdd(poisoned(0, 1, 2)), NO_ROOM))) {
      assertThatThrownBy(() -> rounds.run(initial(), STEPS))
          .satisfies(
              failure ->
                  assertThat(Failures.cause(failure, ArithmeticException.class).orElseThrow())
                      .hasMessage("training diverged in all shards of a round: [0, 1, 2]"));
    }
  }

  @Test
  void aLastStepThatLeadsToNoNumbersIsADivergenceToo() {
    TrainingSettings wild = settings(OnDivergence.SKIP_SHARD, 1e300);

    assertThatThrownBy(() -> inALoop(wild, AveragingRoundsTest.shards(2)).run(initial(), 1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("in all shards of a round");
  }

  /** Three shards, some of them with a target that is no number. */
  private static List<List<Example>> poisoned(int... numbers) {
    List<List<Example>> shards = new ArrayList<>(AveragingRoundsTest.shards(3));
    for (int number : numbers) {
      List<Example> examples = new ArrayList<>(shards.get(number));
      examples.replaceAll(
          each -> new Example(each.id(), each.architecture(), each.input(), Double.NaN));
      shards.set(number, examples);
    }
    return shards;
  }

  private static float[] after(BestOfRounds.Rounds rounds) {
    TrainingState state = initial();
    for (int i = 0; i < ROUNDS; i++) {
      state = rounds.run(state, STEPS).state();
    }
    return state.vector();
  }

  private static BestOfRounds.Rounds inALoop(
      TrainingSettings settings, List<List<Example>> shards) {
    return new LocalRounds(
        new Workspace(AveragingRoundsTest.SHORT.build()), settings, SEED, shards);
  }

  private static BestOfRounds.Rounds rounds(
      TrainingSettings settings, JavaPairRDD<Integer, List<Example>> shards, int room) {
    return new AveragingRounds(
        spark, Predictor.ofShare(AveragingRoundsTest.SHORT), settings, SEED, shards, room);
  }

  private static JavaPairRDD<Integer, List<Example>> rdd(List<List<Example>> shards) {
    return spark.parallelizePairs(AveragingRoundsTest.keyed(shards), shards.size());
  }

  private static TrainingState initial() {
    return TrainingState.initial(
        AveragingRoundsTest.SHORT.build().layout().initialize(9), AveragingRoundsTest.SETTINGS);
  }

  private static TrainingSettings settings(OnDivergence policy) {
    return settings(policy, AveragingRoundsTest.SETTINGS.learningRate());
  }

  private static TrainingSettings settings(OnDivergence policy, double rate) {
    return AveragingRoundsTest.SETTINGS
        .withLearningRate(rate)
        .withAveraging(new Averaging(OptimizerState.AVERAGED, OuterOptimizer.AVERAGE, policy));
  }
}
