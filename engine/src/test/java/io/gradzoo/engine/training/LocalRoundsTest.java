package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.baseline.FlatMlpSpec;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.LearningRateSchedule.Decay;
import io.gradzoo.engine.optimize.OptimizerKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalRoundsTest {
  private static final LayeredArchitecture NETWORK =
      LayeredArchitecture.parse("relu:3:dense4:dense2");
  private static final MetanetworkSpec FLAT = new FlatMlpSpec(NETWORK.parameterCount(), 8);
  private static final long SEED = 11;

  /** In double, in the order of the shards, written out for three of them. */
  @Test
  void aRoundIsTheMeanOfTheShardsWeightedByTheExamplesTheySaw() {
    TrainingSettings settings = settings(Decay.CONSTANT);
    List<Example> all = examples(20);
    List<List<Example>> shards = List.of(all.subList(0, 3), List.of(), all.subList(3, 20));
    TrainingState start = start(settings);

    BestOfRounds.Round round = rounds(settings, shards).run(start, 3);

    ShardTrainer.ShardRound first = alone(settings, 0, shards.get(0), start);
    ShardTrainer.ShardRound last = alone(settings, 2, shards.get(2), start);
    long seen = first.examples() + last.examples();
    assertThat(seen).isEqualTo(3 * 3 + 3 * 4);
    for (int i = 0; i < start.vector().length; i++) {
      double sum =
          first.examples() * (double) first.state().vector()[i]
              + last.examples() * (double) last.state().vector()[i];
      assertThat(round.state().vector()[i]).isEqualTo((float) (sum / seen));
    }
    assertThat(round.loss()).isEqualTo((first.loss() + last.loss()) / seen);
    assertThat(round.state().steps()).isEqualTo(3);
  }

  @Test
  void oneShardIsAveragedToItself() {
    TrainingSettings settings = settings(Decay.CONSTANT);
    TrainingState start = start(settings);

    BestOfRounds.Round round = rounds(settings, List.of(examples(9))).run(start, 3);

    assertThat(round.state().vector())
        .isEqualTo(alone(settings, 0, examples(9), start).state().vector());
  }

  @Test
  void aForgottenStateLetsEveryRoundBeginWithoutMoments() {
    TrainingSettings settings = Settings.with(settings(Decay.CONSTANT), OptimizerState.RESET);
    LocalRounds rounds = rounds(settings, List.of(examples(9)));
    TrainingState first = rounds.run(start(settings), 3).state();
    TrainingState second = rounds.run(first, 3).state();

    assertThat(first.momentVectors()).isZero();
    TrainingState anew = new TrainingState(first.parameterValues(), first.parameters(), 3);
    assertThat(second.vector()).isEqualTo(rounds.run(anew, 3).state().vector());
    TrainingState averaged = start(settings(Decay.CONSTANT));
    LocalRounds carrying = rounds(settings(Decay.CONSTANT), List.of(examples(9)));
    averaged = carrying.run(carrying.run(averaged, 3).state(), 3).state();
    assertThat(second.vector()).isNotEqualTo(averaged.parameterValues());
  }

  /** Without others a shard that keeps its moments goes on as if there were no rounds. */
  @Test
  void aShardThatKeepsItsMomentsGoesOnWithThem() {
    TrainingSettings settings =
        Settings.with(settings(Decay.CONSTANT), OptimizerState.KEPT_PER_SHARD);
    TrainingSettings averaging = settings(Decay.CONSTANT);
    LocalRounds kept = rounds(settings, List.of(examples(9), List.of(), List.of()));
    TrainingState twice = kept.run(kept.run(start(settings), 3).state(), 3).state();
    TrainingState whole = rounds(averaging, List.of(examples(9))).run(start(averaging), 6).state();

    assertThat(twice.vector()).isEqualTo(whole.parameterValues());
    assertThat(twice.ofShards().get(0)).isEqualTo(momentsOf(whole));
    assertThat(twice.ofShards().get(1)).containsOnly(0);
  }

  @Test
  void parametersAloneAreAveragedWhereMomentsAreKept() {
    TrainingSettings settings =
        Settings.with(settings(Decay.CONSTANT), OptimizerState.KEPT_PER_SHARD);
    List<Example> all = examples(20);
    List<List<Example>> shards = List.of(all.subList(0, 3), all.subList(3, 20), List.of());
    TrainingState plain = start(settings(Decay.CONSTANT));

    TrainingState after = rounds(settings, shards).run(start(settings), 3).state();

    for (int shard = 0; shard < 2; shard++) {
      assertThat(after.ofShards().get(shard))
          .isEqualTo(
              momentsOf(alone(settings(Decay.CONSTANT), shard, shards.get(shard), plain).state()));
    }
    TrainingState averaged = rounds(settings(Decay.CONSTANT), shards).run(plain, 3).state();
    assertThat(after.vector()).isEqualTo(averaged.parameterValues());
  }

  private static float[] momentsOf(TrainingState state) {
    return Arrays.copyOfRange(state.vector(), state.parameters(), state.vector().length);
  }

  @Test
  void theLaterRoundsOfACosineMoveLess() {
    double constant = movedInLastRound(Decay.CONSTANT);
    double cosine = movedInLastRound(Decay.COSINE);

    assertThat(cosine).isBetween(0.02 * constant, 0.2 * constant);
  }

  private static double movedInLastRound(Decay shape) {
    TrainingSettings settings = settings(shape);
    LocalRounds rounds = rounds(settings, List.of(examples(9)));
    TrainingState before = start(settings);
    for (int round = 1; round < settings.rounds(); round++) {
      before = rounds.run(before, settings.stepsPerRound()).state();
    }
    float[] after = rounds.run(before, settings.stepsPerRound()).state().parameterValues();
    double squares = 0;
    for (int i = 0; i < after.length; i++) {
      double moved = (double) after[i] - before.vector()[i];
      squares += moved * moved;
    }
    return Math.sqrt(squares);
  }

  private static ShardTrainer.ShardRound alone(
      TrainingSettings settings, int shard, List<Example> examples, TrainingState start) {
    return new ShardTrainer(settings, SEED, shard, examples)
        .run(new Workspace(FLAT.build()), start, 3);
  }

  private static LocalRounds rounds(TrainingSettings settings, List<List<Example>> shards) {
    return new LocalRounds(new Workspace(FLAT.build()), settings, SEED, shards);
  }

  private static TrainingState start(TrainingSettings settings) {
    return TrainingState.initial(FLAT.build().layout().initialize(1), settings);
  }

  private static TrainingSettings settings(Decay shape) {
    return new TrainingSettings(3, 6, 3, 4, OptimizerKind.ADAMW, 0.01, shape, 0, 0.01, 10, 1);
  }

  private static List<Example> examples(int count) {
    SplittableRandom random = new SplittableRandom(2);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] parameters = new float[NETWORK.parameterCount()];
      for (int j = 0; j < parameters.length; j++) {
        parameters[j] = (float) random.nextGaussian();
      }
      float target = (float) random.nextDouble(0.1, 0.9);
      examples.add(new Example("m" + i, NETWORK, ExampleParts.ofWeights(parameters), target));
    }
    return examples;
  }
}
