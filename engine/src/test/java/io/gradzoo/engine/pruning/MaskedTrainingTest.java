package io.gradzoo.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.editing.ContinuedTraining;
import io.gradzoo.engine.editing.EditedNetwork;
import io.gradzoo.engine.editing.Operators;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TargetTraining;
import io.gradzoo.engine.network.TrainableLayers;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.symmetry.PositiveScaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaskedTrainingTest {
  private static final LayeredArchitecture MLP =
      LayeredArchitecture.parse(Operators.ARCHITECTURES.get(1));
  private static final Samples IMAGES = Operators.images(MLP).training();
  private static final float[] NETWORK = Vectors.gaussian(MLP.parameterCount(), 0.5, 3);

  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void whatIsPrunedStaysNothingAndTheRestLearns(OptimizerKind rule) {
    PruningMask mask = PruningMask.ofLargest(NETWORK, 0.6);
    MaskedTraining network =
        new MaskedTraining(new ContinuedTraining(new TrainableLayers(MLP), NETWORK, 0.001), mask);
    Recipe recipe = new Recipe(rule, 0.01, 0, 0, 1, 8, 5, Initializer.GLOROT_NORMAL, 0, 1);

    float[] before = network.begin(recipe, null);
    float[] after =
        new TargetTraining(network)
            .train(recipe, IMAGES, IMAGES, 5)
            .checkpoints()
            .get(0)
            .parameters();

    EditedNetwork measure = new EditedNetwork(MLP, 0);
    assertThat(measure.measure(after, IMAGES).loss())
        .isLessThan(measure.measure(before, IMAGES).loss());
    for (int i = 0; i < after.length; i++) {
      assertThat(before[i]).isEqualTo(mask.kept().get(i) ? NETWORK[i] : 0f);
      assertThat(after[i] != before[i]).isEqualTo(mask.kept().get(i));
    }
  }

  @Test
  void sensitivityIsTheSlopeOfTheLossAsAWeightIsTurnedDown() {
    float[] scores = ConnectionSensitivity.of(MLP, NETWORK, IMAGES);
    EditedNetwork measure = new EditedNetwork(MLP, 0);
    for (int i = 0; i < NETWORK.length; i++) {
      float[] more = NETWORK.clone();
      float[] less = NETWORK.clone();
      more[i] *= 1.02f;
      less[i] *= 0.98f;
      double slope =
          (measure.measure(more, IMAGES).loss() - measure.measure(less, IMAGES).loss()) / 0.04;
      assertThat((double) scores[i]).isCloseTo(Math.abs(slope), within(2e-3));
    }
  }

  @Test
  void sensitivityIsThatOfEveryRescaledNetwork() {
    float[] scores = ConnectionSensitivity.of(MLP, NETWORK, IMAGES);
    float[] rescaled = PositiveScaling.random(MLP, 5).apply(MLP, NETWORK);

    assertThat(Vectors.relativeDistance(ConnectionSensitivity.of(MLP, rescaled, IMAGES), scores))
        .isLessThan(1e-4);
  }
}
