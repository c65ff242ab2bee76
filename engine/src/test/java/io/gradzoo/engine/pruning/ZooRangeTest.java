package io.gradzoo.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.editing.EditedNetwork;
import io.gradzoo.engine.editing.Operators;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.ReadoutNodes;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.Checkpoint;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TargetTraining;
import io.gradzoo.engine.network.TrainableLayers;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.optimize.LearningRateSchedule.Decay;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.LocalRounds;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A zoo of small networks that learn what another one says, and a predictor trained on it. */
class ZooRangeTest {
  private static final LayeredArchitecture MLP = LayeredArchitecture.parse("tanh:6:dense6:dense3");
  private static final Samples IMAGES = taught(200, 5);
  private static final Samples OTHERS = taught(200, 6);
  private static final List<Double> SPARSITIES = List.of(0.3, 0.5);

  private static List<Example> zoo;
  private static PredictedAccuracy predictor;
  private static NetworkBehaviour behaviour;
  private static ZooRange range;

  @BeforeAll
  static void trains() {
    zoo = new ArrayList<>();
    for (int seed = 0; seed < 50; seed++) {
      zoo.addAll(members(seed));
    }
    ScaleGmn metanetwork =
        Operators.of(
            MLP, RescalingGroup.SIGN, new ScaleGmnHead.Invariant(ReadoutNodes.LAST_LAYER, 1));
    TrainingSettings settings =
        new TrainingSettings(
            1, 1, 300, 16, OptimizerKind.ADAMW, 0.003, Decay.CONSTANT, 20, 0, 10, 1);
    TrainingState start = TrainingState.initial(metanetwork.layout().initialize(1), settings);
    float[] trained =
        new LocalRounds(new Workspace(metanetwork), settings, 3, List.of(zoo))
            .run(start, 300)
            .state()
            .parameterValues();
    predictor = new PredictedAccuracy(metanetwork, trained, MLP);
    behaviour = new NetworkBehaviour(MLP, IMAGES, Optional.of(predictor));
    range =
        ZooRange.of(zoo.stream().map(each -> behaviour.describe(each.input().weights())).toList());
  }

  @Test
  void otherNetworksOfTheSameRecipesAreInside() {
    long outside =
        members(1000, 1001, 1002, 1003, 1004).stream()
            .filter(each -> range.outside(behaviour.describe(each.input().weights())))
            .count();

    assertThat(outside).isLessThanOrEqualTo(1);
  }

  /** Sparsity alone makes no network strange; a prediction that nothing supports does. */
  @Test
  void aNetworkThatExploitsThePredictorIsOutsideAndOneKeptNearIsNot() {
    double promised = 0;
    double held = 0;
    int outsideFree = 0;
    int outsideNear = 0;
    List<float[]> good =
        members(1000, 1001, 1002, 1003, 1004, 1005).stream()
            .filter(each -> each.target() > 0.8)
            .map(each -> each.input().weights())
            .toList();
    for (float[] start : good) {
      float[] free = sparse(start, 0);
      float[] near = sparse(start, 3);
      promised += predictor.predict(free) / good.size();
      held += accuracy(free) / good.size();
      outsideFree += range.outside(behaviour.describe(free)) ? 1 : 0;
      outsideNear += range.outside(behaviour.describe(near)) ? 1 : 0;
    }

    assertThat(promised - held).as("promised %s, held %s", promised, held).isGreaterThan(0.1);
    assertThat(outsideFree).as("of %s free", good.size()).isGreaterThan(good.size() * 3 / 4);
    assertThat(outsideNear).as("of %s kept near", good.size()).isLessThanOrEqualTo(good.size() / 4);
  }

  /** By the loneliest network alone, one that came to nothing would let everything in. */
  @Test
  void aLonelyNetworkOfTheZooDoesNotWidenIt() {
    List<double[]> close = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      close.add(new double[] {i % 20, Math.floorDiv(i, 20)});
    }
    List<double[]> withLonely = new ArrayList<>(close);
    withLonely.add(new double[] {1000, 1000});
    ZooRange with = ZooRange.of(withLonely);

    assertThat(with.outside(new double[] {300, 300})).isTrue();
    assertThat(with.outside(new double[] {7.5, 3.5})).isFalse();
    assertThat(ZooRange.of(close).outside(new double[] {7, 12})).isTrue();
  }

  @Test
  void theNumbersAreThoseOfTheFunction() {
    LayeredArchitecture relu = LayeredArchitecture.parse("relu:6:dense5:dense4:dense3");
    NetworkBehaviour without = new NetworkBehaviour(relu, IMAGES, Optional.empty());
    float[] network = Vectors.gaussian(relu.parameterCount(), 0.5, 3);
    double[] numbers = without.describe(network).clone();

    float[] moved =
        PositiveScaling.random(relu, 5)
            .apply(relu, NeuronPermutation.random(relu, 4).apply(relu, network));

    assertThat(without.describe(moved)).containsExactly(numbers, within(1e-4));
    assertThat(numbers[1]).isBetween(0.0, numbers[2]);
    assertThat(numbers[2]).isLessThanOrEqualTo(Math.log(3));
  }

  private static float[] sparse(float[] start, double nearness) {
    return new GuidedSparsity(predictor, 1e-3, nearness).run(start, SPARSITIES).get(1);
  }

  private static double accuracy(float[] network) {
    return new EditedNetwork(MLP, 0).measure(network, OTHERS).accuracy();
  }

  private static List<Example> members(int... seeds) {
    List<Example> members = new ArrayList<>();
    for (int seed : seeds) {
      OptimizerKind optimizer = seed % 2 == 0 ? OptimizerKind.ADAM : OptimizerKind.SGD;
      double rate = 0.002 * Math.pow(10, seed % 7 / 6.0);
      Recipe recipe =
          new Recipe(optimizer, rate, 0, 0, 1, 16, 25, Initializer.GLOROT_NORMAL, 0, seed);
      for (Checkpoint each :
          new TargetTraining(new TrainableLayers(MLP))
              .train(recipe, IMAGES, OTHERS, 0, 8, 25)
              .checkpoints()) {
        members.add(
            new Example(
                seed + "-" + each.epoch(),
                MLP,
                ExampleParts.ofWeights(each.parameters()),
                each.testAccuracy()));
      }
    }
    return members;
  }

  /** Samples that a random network has labelled. */
  private static Samples taught(int count, long seed) {
    LayeredArchitecture teacher = LayeredArchitecture.parse("tanh:6:dense8:dense3");
    float[] inputs = Vectors.gaussian(count * 6, 1, seed);
    float[] outputs =
        new BatchedNetwork(teacher, count)
            .forward(Vectors.gaussian(teacher.parameterCount(), 1, 9), 0, inputs, 0, count);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      for (int k = 1; k < 3; k++) {
        labels[i] = outputs[3 * i + k] > outputs[3 * i + labels[i]] ? k : labels[i];
      }
    }
    return new Samples(teacher.input(), 3, inputs, labels);
  }
}
