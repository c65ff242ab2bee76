package io.gradzoo.jobs.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.LocalRounds;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementAddFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Rounds of DL4J Spark on a real session, beside this program's own. */
class Dl4jRoundsTest {
  private static final String DESCENT =
      "optimizer = sgd, weight-decay = 0, schedule = cosine, warmup-steps = 4, clip-norm = 0.05";
  private static final String ADAMW = "optimizer = adamw, weight-decay = 0.1";

  @Test
  void withEqualShardsAndPlainDescentBothTrainersAgreeToRounding() {
    SmallModel small = SmallModel.of(DESCENT, 8, 8, 8);

    assertThat(gap(small, trained(small.rounds(), small), trained(ours(small), small)))
        .isLessThan(1e-3);
  }

  /** Adam's ε stands elsewhere in DL4J's formula, which shows where gradients are tiny. */
  @Test
  void withAdamWBothAgreeButForTheirEpsilonAndAverageTheMoments() {
    SmallModel small = SmallModel.of(ADAMW, 8, 8, 8);
    TrainingState found = small.rounds().run(small.initial(), 1).state();
    TrainingState expected = ours(small).run(small.initial(), 1).state();

    int size = expected.parameters();
    assertThat(found.vector()).hasSize(3 * size);
    for (int i = 0; i < size; i++) {
      float squares = expected.vector()[i + 2 * size];
      assertThat(found.vector()[i + size])
          .isCloseTo(expected.vector()[i + size], within(1e-5f * (float) Math.sqrt(squares)));
      assertThat(found.vector()[i + 2 * size]).isCloseTo(squares, within(1e-4f * squares));
      if (squares == 0 || squares > 1e-8) {
        assertThat(found.vector()[i]).isCloseTo(expected.vector()[i], within(1e-3f));
      }
    }
  }

  /** DL4J's workers count the steps of each round from 0; here, rates and moments go on. */
  @Test
  void warmUpGoesOnFromRoundToRound() {
    SmallModel small = SmallModel.of(DESCENT + ", steps-per-round = 1", 8, 8);

    assertThat(gap(small, trained(small.rounds(), small), trained(ours(small), small)))
        .isLessThan(1e-3);
  }

  @Test
  void shardsOfOtherSizesCountAllTheSame() {
    SmallModel small =
        SmallModel.of(DESCENT + ", batch-size = 12, warmup-steps = 0, learning-rate = 1", 2, 12);
    List<float[]> shards = new ArrayList<>();
    for (int shard = 0; shard < 2; shard++) {
      List<Example> examples = small.shards().get(shard);
      shards.add(
          new ShardTrainer(small.settings(), small.seed(), shard, examples)
              .run(small.workspace(), small.initial(), 1)
              .state()
              .vector());
    }
    TrainingState unweighted = new TrainingState(mean(shards), shards.get(0).length, 1);
    TrainingState weighted = ours(small).run(small.initial(), 1).state();

    TrainingState found = small.rounds().run(small.initial(), 1).state();

    assertThat(gap(small, found, unweighted)).isLessThan(1e-4);
    assertThat(gap(small, found, weighted)).as("this program's is another").isGreaterThan(1e-2);
  }

  @Test
  void aShardWithoutExamplesCountsForNothing() {
    SmallModel small = SmallModel.of(DESCENT, 8, 0, 8);

    assertThat(gap(small, trained(small.rounds(), small), trained(ours(small), small)))
        .isLessThan(1e-3);
  }

  /** Sums are of float32, so their order shows: here the small number is lost or not. */
  @Test
  void whatArrivesFirstIsAddedFirst() throws Exception {
    assertThat(sum(1e8f, 1, -1e8f)).isEqualTo(0);
    assertThat(sum(1e8f, -1e8f, 1)).isEqualTo(1);
  }

  @Test
  void numbersThatCeaseToBeFiniteEndTheTraining() {
    SmallModel small =
        SmallModel.of(
            "optimizer = sgd, weight-decay = 0, clip-norm = 1e9, learning-rate = 100", 8, 8);
    float[] enormous = small.model().parameters().clone();
    for (int i = 0; i < enormous.length; i++) {
      enormous[i] *= 1e30f;
    }
    TrainingState start = TrainingState.initial(enormous, small.settings());

    assertThatThrownBy(() -> small.rounds().run(start, 3))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("training diverged by step 3");
  }

  private static float sum(float... arriving) throws Exception {
    ParameterAveragingAggregationTuple sum = null;
    for (float each : arriving) {
      sum =
          new ParameterAveragingElementAddFunction()
              .call(
                  sum,
                  new ParameterAveragingTrainingResult(
                      Nd4j.createFromArray(new float[] {each}), null, 0, null, null, null));
    }
    return sum.getParametersSum().getFloat(0);
  }

  private static LocalRounds ours(SmallModel small) {
    return new LocalRounds(small.workspace(), small.settings(), small.seed(), small.shards());
  }

  private static float[] mean(List<float[]> vectors) {
    float[] mean = new float[vectors.get(0).length];
    for (float[] vector : vectors) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i] / vectors.size();
      }
    }
    return mean;
  }

  private static TrainingState trained(BestOfRounds.Rounds rounds, SmallModel small) {
    TrainingState state = small.initial();
    for (int round = 0; round < small.settings().rounds(); round++) {
      state = rounds.run(state, small.settings().stepsPerRound()).state();
    }
    return state;
  }

  /** How far states are apart, as a share of how far the training has moved from its start. */
  private static double gap(SmallModel small, TrainingState found, TrainingState expected) {
    double apart = 0;
    double moved = 0;
    for (int i = 0; i < expected.parameters(); i++) {
      apart += Math.pow(found.vector()[i] - expected.vector()[i], 2);
      moved += Math.pow(expected.vector()[i] - small.model().parameters()[i], 2);
    }
    return Math.sqrt(apart / moved);
  }
}
