package io.gradzoo.jobs.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.baseline.FlatMlpSpec;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.LearningRateSchedule.Decay;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.optimize.OuterOptimizer;
import io.gradzoo.engine.training.Averaging;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.LocalRounds;
import io.gradzoo.engine.training.OnDivergence;
import io.gradzoo.engine.training.OptimizerState;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceSettings;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.testing.CountedJobs;
import io.gradzoo.testing.SharedSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;

/** Rounds on a real Spark session against the same rounds in a loop: the same bits. */
class AveragingRoundsTest {
  private static final LayeredArchitecture NETWORK =
      LayeredArchitecture.parse("relu:64:dense16:dense10");
  private static final int STEPS = 3;
  private static final int ROUNDS = 2;
  private static final int NO_ROOM = 0;
  private static final int ROOM = 1 << 24;

  /** A state of three vectors of 79,000 numbers: four ranges. */
  private static final MetanetworkSpec LONG = new FlatMlpSpec(NETWORK.parameterCount(), 64);

  static final MetanetworkSpec SHORT = new FlatMlpSpec(NETWORK.parameterCount(), 4);

  static final TrainingSettings SETTINGS =
      new TrainingSettings(
          4, ROUNDS, STEPS, 4, OptimizerKind.ADAMW, 0.01, Decay.COSINE, 2, 0.01, 10, 1);

  private static final long SEED = 5;

  @ParameterizedTest(name = "{0} shards in {1} partitions")
  @CsvSource({"1, 1", "1, 4", "3, 1", "3, 2", "3, 8", "5, 1", "5, 2", "5, 5"})
  void equalTheSameRoundsWithoutSpark(int shards, int partitions) {
    assertEqualRounds(SHORT, shards(shards), partitions, ROOM);
    assertEqualRounds(SHORT, shards(shards), partitions, NO_ROOM);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void equalThemForStatesOfSeveralRanges(int shards) {
    TrainingState state = initial(LONG);
    assertThat(RangeSlice.count(state)).isEqualTo(4);
    assertThat(state.vector().length % RangeSlice.LENGTH).isNotZero();

    assertEqualRounds(LONG, shards(shards), 3, NO_ROOM);
    assertEqualRounds(LONG, shards(shards), 3, ROOM);
  }

  @ParameterizedTest
  @EnumSource(OptimizerState.class)
  void equalThemWhateverBecomesOfTheOptimisersState(OptimizerState state) {
    TrainingSettings settings =
        SETTINGS.withAveraging(
            new Averaging(state, OuterOptimizer.AVERAGE, OnDivergence.SKIP_SHARD));
    List<List<Example>> shards = new ArrayList<>(shards(3));
    shards.add(1, List.of());
    List<Tuple2<Integer, List<Example>>> present = new ArrayList<>(keyed(shards));
    present.remove(1);
    LocalRounds loop = new LocalRounds(new Workspace(SHORT.build()), settings, SEED, shards);
    AveragingRounds spark =
        new AveragingRounds(
            spark(), Predictor.ofShare(SHORT), settings, SEED, rdd(present, 2), NO_ROOM);
    TrainingState expected = TrainingState.initial(SHORT.build().layout().initialize(9), settings);
    TrainingState found = expected;
    for (int round = 0; round < ROUNDS; round++) {
      expected = loop.run(expected, STEPS).state();
      found = spark.run(found, STEPS).state();
    }

    assertThat(found).usingRecursiveComparison().isEqualTo(expected);
  }

  /** Per shard three times two moments and two times the parameters: 8 · 4 bytes · 2¹⁸ · 4. */
  @Test
  void momentsOfShardsThatTheDriverHasNoRoomForAreRefusedBeforeTheFirstRound() {
    List<float[]> moments = Collections.nCopies(4, new float[2 << 18]);
    TrainingState state = new TrainingState(new float[1 << 18], 1 << 18, 0, new float[0], moments);
    AveragedTraining training =
        new AveragedTraining("train m", spark(), null, null, null, SETTINGS, SEED);

    training.requireRoom(state, 64 << 20);
    assertThatThrownBy(() -> training.requireRoom(state, 63 << 20))
        .hasMessageContaining("train m: expected moments of 4 shards in half of the driver's heap")
        .hasMessageContaining("found 32 MiB for them, a heap of 63 MiB");
  }

  @Test
  void anEmptyShardCountsForNothing() {
    List<List<Example>> shards = new ArrayList<>(shards(3));
    shards.add(1, List.of());

    assertEqualRounds(SHORT, shards, 2, ROOM);
    assertEqualRounds(SHORT, shards, 2, NO_ROOM);
  }

  @Test
  void aShardThatIsMissingIsLikeAnEmptyOne() {
    List<List<Example>> shards = new ArrayList<>(shards(3));
    shards.add(1, List.of());
    List<Tuple2<Integer, List<Example>>> present = new ArrayList<>(keyed(shards));
    present.remove(1);

    assertThat(onSpark(SHORT, present, 2, ROOM).state().vector())
        .isEqualTo(inALoop(SHORT, shards).vector());
  }

  @Test
  void theLossIsTheMeanOverAllExamplesSeen() {
    List<List<Example>> shards = shards(5);
    TrainingState start = initial(SHORT);
    double loss = 0;
    long seen = 0;
    for (int shard = 0; shard < shards.size(); shard++) {
      ShardTrainer.ShardRound round =
          new ShardTrainer(SETTINGS, SEED, shard, shards.get(shard))
              .run(new Workspace(SHORT.build()), start, STEPS);
      loss += round.loss();
      seen += round.examples();
    }

    BestOfRounds.Round round =
        new AveragingRounds(
                spark(), Predictor.ofShare(SHORT), SETTINGS, SEED, rdd(keyed(shards), 2))
            .run(start, STEPS);

    assertThat(round.loss()).isEqualTo(loss / seen);
    assertThat(round.state().steps()).isEqualTo(STEPS);
  }

  @Test
  void onAGpuEmulatedAgreeWithThoseOnTheCpu() {
    boolean required = "required".equals(System.getenv("GRADZOO_COMPILER"));
    assumeTrue(required || EmulatedAccelerator.available(), "no C++ compiler");
    List<List<Example>> shards = shards(3);
    DeviceSettings emulated = new DeviceSettings(DeviceChoice.EMULATED, ProductPrecision.FLOAT32);
    Predictor predictor = Predictor.ofShare(SHORT);

    BestOfRounds.Round onCpu =
        new AveragingRounds(spark(), predictor, SETTINGS, SEED, rdd(keyed(shards), 2))
            .run(initial(SHORT), STEPS);
    BestOfRounds.Round onGpu =
        new AveragingRounds(spark(), predictor.on(emulated), SETTINGS, SEED, rdd(keyed(shards), 2))
            .run(initial(SHORT), STEPS);

    assertThat(onGpu.loss()).isCloseTo(onCpu.loss(), within(1e-6));
    assertThat(onGpu.state().vector())
        .as("not the CPU's bits, so the device was used")
        .isNotEqualTo(onCpu.state().vector());
  }

  @Test
  void areOneJobOfOneStageWhereTheDriverHasRoom() {
    assertThat(jobsAndStages(ROOM)).containsExactly(1, 1);
    assertThat(jobsAndStages(NO_ROOM)).containsExactly(1, 2);
  }

  /** Of one round. */
  private static List<Integer> jobsAndStages(int mostOnDriver) {
    AveragingRounds rounds =
        new AveragingRounds(
            spark(),
            Predictor.ofShare(SHORT),
            SETTINGS,
            SEED,
            rdd(keyed(shards(3)), 3),
            mostOnDriver);
    try (CountedJobs counted = CountedJobs.of(spark().sc())) {
      rounds.run(initial(SHORT), STEPS);
      return List.of(counted.jobs(), counted.stages());
    }
  }

  private static void assertEqualRounds(
      MetanetworkSpec metanetwork, List<List<Example>> shards, int partitions, int mostOnDriver) {
    List<Tuple2<Integer, List<Example>>> inAnyOrder = new ArrayList<>(keyed(shards));
    Collections.reverse(inAnyOrder);

    TrainingState averaged = onSpark(metanetwork, inAnyOrder, partitions, mostOnDriver).state();

    assertThat(averaged.vector()).isEqualTo(inALoop(metanetwork, shards).vector());
    assertThat(averaged.steps()).isEqualTo((long) ROUNDS * STEPS);
  }

  private static BestOfRounds.Round onSpark(
      MetanetworkSpec metanetwork,
      List<Tuple2<Integer, List<Example>>> shards,
      int partitions,
      int mostOnDriver) {
    AveragingRounds rounds =
        new AveragingRounds(
            spark(),
            Predictor.ofShare(metanetwork),
            SETTINGS,
            SEED,
            rdd(shards, partitions),
            mostOnDriver);
    BestOfRounds.Round round = rounds.run(initial(metanetwork), STEPS);
    for (int i = 1; i < ROUNDS; i++) {
      round = rounds.run(round.state(), STEPS);
    }
    return round;
  }

  private static TrainingState inALoop(MetanetworkSpec metanetwork, List<List<Example>> shards) {
    LocalRounds rounds =
        new LocalRounds(new Workspace(metanetwork.build()), SETTINGS, SEED, shards);
    TrainingState state = initial(metanetwork);
    for (int i = 0; i < ROUNDS; i++) {
      state = rounds.run(state, STEPS).state();
    }
    return state;
  }

  private static TrainingState initial(MetanetworkSpec metanetwork) {
    return TrainingState.initial(metanetwork.build().layout().initialize(9), SETTINGS);
  }

  /** Shards of 3, 6, 9, … examples: their weights differ. */
  static List<List<Example>> shards(int count) {
    SplittableRandom random = new SplittableRandom(count);
    List<List<Example>> shards = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      List<Example> examples = new ArrayList<>();
      for (int i = 0; i < 3 * (shard + 1); i++) {
        float[] input = new float[NETWORK.parameterCount()];
        for (int k = 0; k < input.length; k++) {
          input[k] = (float) (random.nextDouble() - 0.5);
        }
        String id = "s" + shard + "-" + i;
        examples.add(
            new Example(id, NETWORK, ExampleParts.ofWeights(input), (float) random.nextDouble()));
      }
      shards.add(examples);
    }
    return shards;
  }

  static List<Tuple2<Integer, List<Example>>> keyed(List<List<Example>> shards) {
    List<Tuple2<Integer, List<Example>>> keyed = new ArrayList<>();
    for (int shard = 0; shard < shards.size(); shard++) {
      keyed.add(new Tuple2<>(shard, shards.get(shard)));
    }
    return keyed;
  }

  private static JavaPairRDD<Integer, List<Example>> rdd(
      List<Tuple2<Integer, List<Example>>> shards, int partitions) {
    return spark().parallelizePairs(shards, partitions);
  }

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
  }
}
