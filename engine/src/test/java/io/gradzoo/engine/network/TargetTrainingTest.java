package io.gradzoo.engine.network;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.optimize.OptimizerKind;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetTrainingTest {
  private static final LayeredArchitecture CNN =
      LayeredArchitecture.parse("relu:1x6x6:conv4k3s1p0:conv4k3s1p0:gap:dense2");
  private static final Samples TRAIN = stripes(200, 1);
  private static final Samples TEST = stripes(100, 2);

  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void everyOptimizerLearnsToTellHorizontalFromVerticalStripes(OptimizerKind optimizer) {
    double rate = optimizer == OptimizerKind.SGD ? 0.3 : 0.01;
    Recipe recipe = new Recipe(optimizer, rate, 1e-5, 0.1, 1, 16, 12, Initializer.HE_NORMAL, 0, 4);
    TrainingRun run = new TargetTraining(CNN).train(recipe, TRAIN, TEST, 0, 12);

    assertThat(run.outcome()).isEqualTo(new TrainingRun.Outcome.Ok());
    assertThat(run.checkpoints()).extracting(Checkpoint::epoch).containsExactly(0, 12);
    assertThat(run.checkpoints().get(1).testAccuracy()).isGreaterThan(0.95);
    assertThat(run.checkpoints().get(1).testLoss())
        .isLessThan(run.checkpoints().get(0).testLoss() / 2);
  }

  @Test
  void repeatingARunInAUsedWorkspaceGivesTheSameBytes() {
    TargetTraining used = new TargetTraining(CNN);
    used.train(recipe(OptimizerKind.ADAM, 8), TRAIN, TEST, 2);
    TrainingRun again = used.train(recipe(OptimizerKind.RMSPROP, 7), TRAIN, TEST, 0, 1, 3);
    TrainingRun fresh =
        new TargetTraining(CNN).train(recipe(OptimizerKind.RMSPROP, 7), TRAIN, TEST, 0, 1, 3);

    for (int i = 0; i < 3; i++) {
      assertThat(again.checkpoints().get(i))
          .usingRecursiveComparison()
          .isEqualTo(fresh.checkpoints().get(i));
    }
  }

  @Test
  void evaluatingInBetweenDoesNotDisturbTheTraining() {
    TargetTraining training = new TargetTraining(CNN);
    Recipe recipe = recipe(OptimizerKind.ADAM, 9);
    assertThat(last(training.train(recipe, TRAIN, TEST, 0, 1, 2, 3)))
        .isEqualTo(last(training.train(recipe, TRAIN, TEST, 3)));
  }

  @Test
  void impossibleRecipesAreRefused() {
    assertThatThrownBy(() -> plain(0, 0, 1, 1)).hasMessageEndingWith("learning rate, found 0.0");
    assertThatThrownBy(() -> plain(Double.NaN, 0, 1, 1))
        .hasMessage("recipe: expected a positive learning rate, found NaN");
    assertThatThrownBy(() -> plain(0.1, 1, 1, 1))
        .hasMessage("recipe: expected a dropout rate in [0, 1), found 1.0");
    assertThatThrownBy(() -> plain(0.1, 0, 1.5, 1))
        .hasMessage("recipe: expected a train fraction in (0, 1], found 1.5");
    assertThatThrownBy(() -> plain(0.1, 0, 1, 0))
        .hasMessage("recipe: expected a positive batch size, found 0");
  }

  private static Recipe plain(double rate, double dropout, double fraction, int batchSize) {
    return new Recipe(
        OptimizerKind.SGD, rate, 0, dropout, fraction, batchSize, 1, Initializer.NORMAL, 0.1, 1);
  }

  @Test
  void theSeedDecidesEverything() {
    TargetTraining training = new TargetTraining(CNN);
    float[] first = last(training.train(recipe(OptimizerKind.SGD, 1), TRAIN, TEST, 1));
    float[] second = last(training.train(recipe(OptimizerKind.SGD, 2), TRAIN, TEST, 1));
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void anEpochOfFullBatchDescentFollowsThePenalisedGradientOfTheMeanLossOverEverySample() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("tanh:3:dense4:dense3");
    Samples samples =
        new Samples(Shape.flat(3), 3, Vectors.gaussian(3 * 700, 1, 3), Vectors.labels(700, 3, 4));
    double rate = 0.7;
    double l2 = 0.03;
    Recipe recipe =
        new Recipe(OptimizerKind.SGD, rate, l2, 0, 1, 1000, 1, Initializer.GLOROT_NORMAL, 0, 5);
    TrainingRun run = new TargetTraining(architecture).train(recipe, samples, samples, 0, 1);

    double[] expected = toDouble(run.checkpoints().get(0).parameters());
    double[] before = expected.clone();
    ReferenceNetwork reference = new ReferenceNetwork(architecture);
    for (int n = 0; n < 700; n++) {
      double[] x = toDouble(samples.inputs(), 3 * n, 3);
      double[] gradient =
          reference.parameterGradient(
              Loss.SOFTMAX_CROSS_ENTROPY, before, x, samples.labels()[n], null);
      for (int i = 0; i < expected.length; i++) {
        expected[i] -= rate * gradient[i] / 700;
      }
    }
    for (AffineLayer layer : architecture.affineLayers()) {
      for (int i = layer.weightOffset(); i < layer.biasOffset(); i++) {
        expected[i] -= rate * 2 * l2 * before[i];
      }
    }
    assertThat(relativeDistance(run.checkpoints().get(1).parameters(), expected)).isLessThan(1e-6);
  }

  @Test
  void smallStepsOfAnEpochUseEverySampleOnceAndTheRemainderToo() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("tanh:3:dense4:dense3");
    float[] inputs = Vectors.gaussian(3 * 9, 1, 3);
    int[] labels = Vectors.labels(9, 3, 4);
    Samples samples = new Samples(Shape.flat(3), 3, inputs, labels);
    double rate = 1e-3;
    double[] onePerStep = change(architecture, samples, rate, 1);
    double[] expected = new double[onePerStep.length];
    float[] start = Initializer.HE_NORMAL.parameters(architecture, 0, 5);
    for (int n = 0; n < 9; n++) {
      double[] gradient =
          new ReferenceNetwork(architecture)
              .parameterGradient(
                  Loss.SOFTMAX_CROSS_ENTROPY,
                  toDouble(start),
                  toDouble(inputs, 3 * n, 3),
                  labels[n],
                  null);
      for (int i = 0; i < expected.length; i++) {
        expected[i] -= rate * gradient[i];
      }
    }
    assertThat(relativeDistance(onePerStep, expected)).isLessThan(0.01);

    Samples copies = samples.select(2, 2, 2, 2, 2, 2, 2, 2, 2);
    double[] threeSteps = change(architecture, copies, rate, 4);
    double[] oneStep = change(architecture, copies, rate, 9);
    assertThat(Vectors.norm(threeSteps) / Vectors.norm(oneStep)).isBetween(2.95, 3.05);
  }

  @Test
  void whatIsLeftOfAnEpochIsAStepOrLeftOutButNeverAll() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("tanh:2:dense3");
    float[] inputs = new float[18];
    Arrays.fill(inputs, 0.3f);
    Samples copies = new Samples(Shape.flat(2), 3, inputs, new int[9]);
    double rate = 1e-4;

    double[] twoSteps = change(architecture, copies, rate, 4, LastStep.LEFT_OUT);
    double[] oneStep = change(architecture, copies, rate, 9, LastStep.LEFT_OUT);
    double[] tooFew = change(architecture, copies, rate, 10, LastStep.LEFT_OUT);

    assertThat(Vectors.norm(twoSteps) / Vectors.norm(oneStep)).isBetween(1.95, 2.05);
    assertThat(tooFew).isEqualTo(oneStep);
  }

  private static double[] change(
      LayeredArchitecture architecture, Samples samples, double rate, int batchSize) {
    return change(architecture, samples, rate, batchSize, LastStep.SMALLER);
  }

  /** Change of the parameters in one epoch of gradient descent. */
  private static double[] change(
      LayeredArchitecture architecture,
      Samples samples,
      double rate,
      int batchSize,
      LastStep lastStep) {
    Recipe recipe =
        new Recipe(
            OptimizerKind.SGD, rate, 0, 0, 1, batchSize, 1, Initializer.HE_NORMAL, 0, 5, lastStep);
    TrainingRun run = new TargetTraining(architecture).train(recipe, samples, samples, 0, 1);
    double[] change = toDouble(run.checkpoints().get(1).parameters());
    float[] start = run.checkpoints().get(0).parameters();
    for (int i = 0; i < change.length; i++) {
      change[i] -= start[i];
    }
    return change;
  }

  @Test
  void lossesOfACheckpointAreMeansOverTheChosenPart() {
    Recipe recipe =
        new Recipe(OptimizerKind.SGD, 0.1, 0, 0.5, 0.1, 8, 0, Initializer.NORMAL, 0.3, 6);
    Checkpoint start = new TargetTraining(CNN).train(recipe, TRAIN, TEST, 0).checkpoints().get(0);

    double[] parameters = toDouble(start.parameters());
    double loss = 0;
    for (int n = 0; n < TEST.size(); n++) {
      double[] x = toDouble(TEST.inputs(), 36 * n, 36);
      loss +=
          new ReferenceNetwork(CNN)
              .loss(Loss.SOFTMAX_CROSS_ENTROPY, parameters, x, TEST.labels()[n], null);
    }
    assertThat(start.testLoss()).isCloseTo(loss / TEST.size(), within(1e-6));
    assertThat(start.trainAccuracy() * 20)
        .isCloseTo(Math.rint(start.trainAccuracy() * 20), within(1e-9));
  }

  @Test
  void aDivergenceNamesEpochAndStepAndKeepsTheCheckpointsBefore() {
    Recipe recipe =
        new Recipe(OptimizerKind.SGD, 1e20, 0, 0, 1, 50, 5, Initializer.HE_NORMAL, 0, 1);
    TrainingRun run = new TargetTraining(CNN).train(recipe, TRAIN, TEST, 0, 1, 5);

    assertThat(run.checkpoints()).extracting(Checkpoint::epoch).containsExactly(0);
    assertThat(run.outcome())
        .isInstanceOfSatisfying(
            TrainingRun.Outcome.Diverged.class,
            diverged -> {
              assertThat(diverged.epoch()).isEqualTo(1);
              assertThat(diverged.step()).isBetween(2, 4);
              assertThat(diverged)
                  .asString()
                  .matches("diverged: .* is not finite at epoch 1, step [234]");
            });
  }

  @Test
  void aWorkspaceRecoversFromADivergence() {
    TargetTraining training = new TargetTraining(CNN);
    Recipe wild = new Recipe(OptimizerKind.SGD, 1e20, 0, 0, 1, 50, 5, Initializer.HE_NORMAL, 0, 1);
    training.train(wild, TRAIN, TEST);
    assertThat(last(training.train(recipe(OptimizerKind.ADAM, 3), TRAIN, TEST, 1)))
        .isEqualTo(
            last(new TargetTraining(CNN).train(recipe(OptimizerKind.ADAM, 3), TRAIN, TEST, 1)));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    TargetTraining training = new TargetTraining(CNN);
    Recipe recipe = recipe(OptimizerKind.ADAM, 1);
    Samples flat = new Samples(Shape.flat(36), 2, TRAIN.inputs(), TRAIN.labels());
    assertThatThrownBy(() -> training.train(recipe, flat, TEST))
        .hasMessage("training " + CNN + ": training samples: expected inputs of 1x6x6, found 36");
    assertThatThrownBy(() -> training.train(recipe, TRAIN, TEST, 2, 2))
        .hasMessageEndingWith("expected increasing epochs within 0…3, found [2, 2]");
    assertThatThrownBy(() -> new Samples(Shape.flat(1), 2, new float[2], new int[] {0, 2}))
        .hasMessage("samples: expected labels in 0…1, found 2 at sample 1");
  }

  private static org.assertj.core.data.Offset<Double> within(double tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }

  private static float[] last(TrainingRun run) {
    return run.checkpoints().get(run.checkpoints().size() - 1).parameters();
  }

  private static Recipe recipe(OptimizerKind optimizer, long seed) {
    return new Recipe(optimizer, 0.01, 1e-4, 0.2, 0.5, 30, 3, Initializer.ORTHOGONAL, 0, seed);
  }

  /** Noisy images of horizontal or vertical stripes, [n, 1, 6, 6]. */
  private static Samples stripes(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] inputs = new float[n * 36];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(2);
      int phase = random.nextInt(2);
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 6; x++) {
          int along = labels[i] == 0 ? y : x;
          inputs[i * 36 + y * 6 + x] =
              (float) ((along + phase) % 2 * 2 - 1 + 0.3 * random.nextGaussian());
        }
      }
    }
    return new Samples(new Shape(1, 6, 6), 2, inputs, labels);
  }
}
