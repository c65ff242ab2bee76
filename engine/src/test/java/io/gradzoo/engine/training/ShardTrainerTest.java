package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.baseline.FlatMlp;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.OptimizerKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardTrainerTest {
  private static final long SEED = 11;
  private static final LayeredArchitecture RELU = LayeredArchitecture.parse("relu:3:dense4:dense2");
  private static final LayeredArchitecture TANH = LayeredArchitecture.parse("tanh:3:dense4:dense2");

  @Test
  void averagingEveryStepWithSgdEqualsOneBigBatchForUnequalShards() {
    List<Example> all = examples(23);
    TrainingSettings settings = settings(OptimizerKind.SGD, 100);
    List<List<Example>> shards =
        List.of(all.subList(0, 3), all.subList(3, 14), List.of(), all.subList(14, 23));
    TrainingState averaged = TrainingState.initial(metanetwork().layout().initialize(5), settings);
    TrainingState whole = averaged;
    for (int round = 0; round < 5; round++) {
      averaged = round(settings, shards, averaged);
      whole = round(settings, List.of(all), whole);
    }
    assertThat(distance(averaged.vector(), whole.vector())).isLessThan(1e-6);
  }

  @Test
  void aRoundIsAPureFunctionOfItsArguments() {
    List<Example> examples = examples(17);
    TrainingSettings settings = settings(OptimizerKind.ADAMW, 4);
    TrainingState start = TrainingState.initial(metanetwork().layout().initialize(5), settings);
    Workspace used = new Workspace(metanetwork());
    new ShardTrainer(settings, SEED, 3, examples.subList(4, 9)).run(used, start, 7);

    ShardTrainer.ShardRound again =
        new ShardTrainer(settings, SEED, 0, examples).run(used, start, 9);
    ShardTrainer.ShardRound fresh =
        new ShardTrainer(settings, SEED, 0, examples).run(new Workspace(metanetwork()), start, 9);

    assertThat(again.state().vector()).isEqualTo(fresh.state().vector());
    assertThat(again.loss()).isEqualTo(fresh.loss());
  }

  @Test
  void twoRoundsEqualOneOfTwiceTheStepsWithoutOtherShards() {
    List<Example> examples = examples(17);
    TrainingSettings settings = settings(OptimizerKind.ADAMW, 4);
    TrainingState start = TrainingState.initial(metanetwork().layout().initialize(5), settings);
    ShardTrainer trainer = new ShardTrainer(settings, SEED, 0, examples);
    Workspace workspace = new Workspace(metanetwork());

    TrainingState half = trainer.run(workspace, start, 6).state();
    TrainingState twice = trainer.run(workspace, half, 6).state();

    assertThat(twice.vector()).isEqualTo(trainer.run(workspace, start, 12).state().vector());
    assertThat(twice.steps()).isEqualTo(12);
  }

  @Test
  void everyExampleIsSeenOnceAnEpoch() {
    OneWeightEach metanetwork = new OneWeightEach(17, 0);
    TrainingSettings settings = Settings.of(4, OptimizerKind.SGD, 0.1, 0, 0);
    TrainingState start = TrainingState.initial(new float[17], settings);
    ShardTrainer trainer = new ShardTrainer(settings, SEED, 0, metanetwork.examples());
    Workspace workspace = new Workspace(metanetwork);

    // Four steps of four examples, one of one.
    ShardTrainer.ShardRound epoch = trainer.run(workspace, start, 5);
    ShardTrainer.ShardRound most = trainer.run(workspace, start, 4);

    assertThat(epoch.examples()).isEqualTo(17);
    assertThat(epoch.loss()).isCloseTo(17 * 0.4 * 0.4, within(1e-5));
    assertThat(moved(start, epoch.state())).hasSize(17);
    assertThat(most.examples()).isEqualTo(16);
    assertThat(moved(start, most.state())).hasSize(16);
  }

  @Test
  void stepsOfTwoMinibatchesEqualStepsOfOneTwiceAsLarge() {
    List<Example> examples = examples(16);
    TrainingSettings large = settings(OptimizerKind.ADAMW, 8);
    TrainingSettings small = settings(OptimizerKind.ADAMW, 4).withAccumulation(2);
    TrainingState start = TrainingState.initial(metanetwork().layout().initialize(5), large);

    ShardTrainer.ShardRound once = run(large, examples, start, 5);
    ShardTrainer.ShardRound twice = run(small, examples, start, 5);

    assertThat(distance(twice.state().vector(), once.state().vector())).isLessThan(1e-6);
    assertThat(twice.examples()).isEqualTo(once.examples()).isEqualTo(40);
    assertThat(twice.state().steps()).isEqualTo(5);
  }

  @Test
  void aStepOverTheEndOfAnEpochWeighsAllItsExamplesEqually() {
    OneWeightEach metanetwork = new OneWeightEach(5, 0);
    TrainingSettings settings = Settings.of(4, OptimizerKind.SGD, 0.1, 0, 0);
    TrainingState start = TrainingState.initial(new float[5], settings);

    // A minibatch of four and one of one.
    TrainingState together =
        new ShardTrainer(settings.withAccumulation(2), SEED, 0, metanetwork.examples())
            .run(new Workspace(metanetwork), start, 1)
            .state();
    TrainingState whole =
        new ShardTrainer(
                Settings.of(5, OptimizerKind.SGD, 0.1, 0, 0), SEED, 0, metanetwork.examples())
            .run(new Workspace(metanetwork), start, 1)
            .state();

    assertThat(together.vector()).isEqualTo(whole.vector());
  }

  @Test
  void epochsAreCountedInRoundsOfTheLargestShard() {
    // 17 examples are 5 minibatches of 4; 3 epochs 15; 8 steps of two; 3 rounds of three.
    assertThat(Settings.epochs(3, 4, 2, 3).forLargestShard(17).rounds()).isEqualTo(3);
    assertThat(Settings.epochs(3, 4, 1, 5).forLargestShard(17).rounds()).isEqualTo(3);
    assertThat(Settings.epochs(3, 40, 1, 1).forLargestShard(17).rounds()).isEqualTo(3);
    assertThat(Settings.epochs(0, 4, 1, 1).forLargestShard(17).rounds()).isEqualTo(9);
  }

  private static ShardTrainer.ShardRound run(
      TrainingSettings settings, List<Example> examples, TrainingState start, int steps) {
    return new ShardTrainer(settings, SEED, 0, examples)
        .run(new Workspace(metanetwork()), start, steps);
  }

  @Test
  void theNextEpochHasAnotherOrder() {
    OneWeightEach metanetwork = new OneWeightEach(50, 0);
    TrainingSettings settings = Settings.of(1, OptimizerKind.SGD, 0.1, 0, 0);
    ShardTrainer trainer = new ShardTrainer(settings, SEED, 0, metanetwork.examples());
    Workspace workspace = new Workspace(metanetwork);
    TrainingState state = TrainingState.initial(new float[50], settings);
    List<List<Integer>> orders = List.of(new ArrayList<>(), new ArrayList<>());
    for (List<Integer> order : orders) {
      for (int step = 0; step < 50; step++) {
        TrainingState next = trainer.run(workspace, state, 1).state();
        order.addAll(moved(state, next));
        state = next;
      }
    }

    assertThat(orders.get(0)).hasSize(50).doesNotHaveDuplicates();
    assertThat(orders.get(1)).hasSize(50).doesNotHaveDuplicates().isNotEqualTo(orders.get(0));
  }

  @Test
  void whatDropoutLeavesOutChangesFromStepToStep() {
    OneWeightEach metanetwork = new OneWeightEach(5, 0.5f);
    TrainingSettings settings = Settings.of(5, OptimizerKind.SGD, 0.1, 0, 0);
    ShardTrainer trainer = new ShardTrainer(settings, SEED, 0, metanetwork.examples());
    Workspace workspace = new Workspace(metanetwork);
    TrainingState state = TrainingState.initial(new float[5], settings);
    int[] moves = new int[5];
    for (int step = 0; step < 100; step++) {
      TrainingState next = trainer.run(workspace, state, 1).state();
      for (int weight : moved(state, next)) {
        moves[weight]++;
      }
      state = next;
    }

    // Five standard deviations of fifty expected.
    assertThat(Arrays.stream(moves)).allMatch(count -> count >= 25 && count <= 75);
  }

  @Test
  void aWorkspaceForgetsTheParametersItHad() {
    List<Example> examples = examples(5);
    float[] parameters = metanetwork().layout().initialize(6);
    Workspace used = new Workspace(metanetwork());
    used.load(metanetwork().layout().initialize(5));
    used.predict(examples);
    used.load(parameters);
    Workspace fresh = new Workspace(metanetwork());
    fresh.load(parameters);

    assertThat(used.predict(examples)).isEqualTo(fresh.predict(examples));
  }

  private static List<Integer> moved(TrainingState from, TrainingState to) {
    return IntStream.range(0, from.parameters())
        .filter(i -> to.vector()[i] != from.vector()[i])
        .boxed()
        .toList();
  }

  @Test
  void trainingFitsAFewNetworksOfTwoActivations() {
    List<Example> examples = examples(8);
    TrainingSettings settings = settings(OptimizerKind.ADAMW, 8);
    TrainingState state = TrainingState.initial(metanetwork().layout().initialize(5), settings);
    Workspace workspace = new Workspace(metanetwork());
    state = new ShardTrainer(settings, SEED, 0, examples).run(workspace, state, 400).state();
    workspace.load(state.parameterValues());
    float[] predictions = workspace.predict(examples);
    for (int i = 0; i < predictions.length; i++) {
      assertThat(predictions[i]).isCloseTo((float) examples.get(i).target(), within(0.05f));
    }
  }

  @Test
  void predictionsDoNotDependOnTheCompanyOfAnExample() {
    List<Example> examples = examples(37);
    Workspace workspace = new Workspace(metanetwork());
    workspace.load(metanetwork().layout().initialize(5));
    float[] together = workspace.predict(examples);
    for (int i = 0; i < examples.size(); i++) {
      assertThat(workspace.predict(List.of(examples.get(i)))[0])
          .isCloseTo(together[i], within(1e-6f));
    }
  }

  @Test
  void aLossThatIsNotFiniteStopsTheRoundNamingTheStep() {
    Metanetwork flat = new FlatMlp(RELU.parameterCount(), 8, 1);
    TrainingSettings settings = settings(OptimizerKind.ADAMW, 8);
    float[] broken = flat.layout().initialize(1);
    Arrays.fill(broken, Float.NaN);
    TrainingState start = TrainingState.initial(broken, settings);
    ShardTrainer trainer = new ShardTrainer(settings, SEED, 2, examples(8));
    assertThatThrownBy(() -> trainer.run(new Workspace(flat), start, 3))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("training diverged in shard 2 at step 1: loss NaN");
    TrainingState later = new TrainingState(start.vector(), start.parameters(), 41);
    assertThatThrownBy(() -> trainer.run(new Workspace(flat), later, 3))
        .hasMessageStartingWith("training diverged in shard 2 at step 42: loss NaN");
  }

  @Test
  void theFlatPerceptronTrainsOnTheSameExamples() {
    Metanetwork flat = new FlatMlp(RELU.parameterCount(), 8, 1);
    TrainingSettings settings = settings(OptimizerKind.ADAMW, 8);
    TrainingState state = TrainingState.initial(flat.layout().initialize(1), settings);
    ShardTrainer trainer = new ShardTrainer(settings, SEED, 0, examples(8));
    Workspace workspace = new Workspace(flat);
    double first = trainer.run(workspace, state, 1).loss();
    state = trainer.run(workspace, state, 200).state();
    assertThat(trainer.run(workspace, state, 1).loss()).isLessThan(0.2 * first);
  }

  private static TrainingState round(
      TrainingSettings settings, List<List<Example>> shards, TrainingState start) {
    WeightedAverage average = new WeightedAverage(start.vector().length);
    for (int shard = 0; shard < shards.size(); shard++) {
      ShardTrainer.ShardRound result =
          new ShardTrainer(settings, SEED, shard, shards.get(shard))
              .run(new Workspace(metanetwork()), start, 1);
      average.add(result.state().vector(), (double) result.examples());
    }
    return new TrainingState(average.mean(), start.parameters(), start.steps() + 1);
  }

  static Metanetwork metanetwork() {
    ScaleGmnConfig config =
        new ScaleGmnConfig(
            RescalingGroup.HETERO,
            ScaleGmnConfig.Direction.FORWARD,
            8,
            2,
            new ScaleGmnHead.Invariant(ScaleGmnConfig.ReadoutNodes.FULL_GRAPH, 1),
            ScaleGmnConfig.Canonicalization.SYMMETRIZED,
            ScaleGmnConfig.Phases.AS_GIVEN,
            ScaleGmnConfig.BoundaryUpdate.PERCEPTRON,
            2,
            2,
            ScaleGmnConfig.Positions.DEFAULT,
            true,
            true,
            0f,
            0f,
            ScaleGmnConfig.Compatibility.EXACT);
    return new ScaleGmn(config, GraphLayout.of(RELU));
  }

  private static TrainingSettings settings(OptimizerKind optimizer, int batchSize) {
    double weightDecay = optimizer == OptimizerKind.ADAMW ? 0.01 : 0;
    return Settings.of(batchSize, optimizer, 0.01, 3, weightDecay);
  }

  static List<Example> examples(int count) {
    SplittableRandom random = new SplittableRandom(2);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] parameters = new float[RELU.parameterCount()];
      for (int j = 0; j < parameters.length; j++) {
        parameters[j] = (float) random.nextGaussian();
      }
      LayeredArchitecture architecture = i % 3 == 0 ? TANH : RELU;
      examples.add(
          new Example(
              "m" + i,
              architecture,
              ExampleParts.ofWeights(parameters),
              (float) random.nextDouble(0.1, 0.9)));
    }
    return examples;
  }

  private static double distance(float[] a, float[] b) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      difference += (a[i] - b[i]) * (double) (a[i] - b[i]);
      norm += b[i] * (double) b[i];
    }
    return Math.sqrt(difference / norm);
  }
}
