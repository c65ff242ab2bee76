package io.gradzoo.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import org.nd4j.linalg.learning.SgdUpdater;

class OptimizerTest {
  private static final int SIZE = 37;
  private static final int STEPS = 50;
  private static final double RATE = 0.01;

  /** A rule as its paper writes it, in double, for one number. */
  private interface Rule {
    /** New parameter; m and v are state[0] and state[1]. */
    double next(double parameter, double gradient, double[] state, int t);
  }

  static Stream<Arguments> rules() {
    Rule sgd = (p, g, state, t) -> p - RATE * g;
    Rule rmsProp =
        (p, g, state, t) -> {
          state[1] = 0.9 * state[1] + 0.1 * g * g;
          return p - RATE * g / (Math.sqrt(state[1]) + 1e-7);
        };
    Rule adam =
        (p, g, state, t) -> {
          state[0] = 0.9 * state[0] + 0.1 * g;
          state[1] = 0.999 * state[1] + 0.001 * g * g;
          double rate = RATE * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
          return p - rate * state[0] / (Math.sqrt(state[1]) + 1e-7);
        };
    Rule adamW =
        (p, g, state, t) -> {
          state[0] = 0.9 * state[0] + 0.1 * g;
          state[1] = 0.999 * state[1] + 0.001 * g * g;
          double mean = state[0] / (1 - Math.pow(0.9, t));
          double square = state[1] / (1 - Math.pow(0.999, t));
          return p - RATE * 0.05 * p - RATE * mean / (Math.sqrt(square) + 1e-8);
        };
    return Stream.of(
        Arguments.of(new Sgd(SIZE), sgd),
        Arguments.of(new RmsProp(SIZE), rmsProp),
        Arguments.of(new Adam(SIZE), adam),
        Arguments.of(new AdamW(SIZE, 0.05), adamW));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void fiftyStepsFollowTheRuleInDouble(Optimizer optimizer, Rule rule) {
    float[] parameters = gaussian(0);
    double[] expected = new double[SIZE];
    double[][] state = new double[SIZE][2];
    for (int i = 0; i < SIZE; i++) {
      expected[i] = parameters[i];
    }
    for (int t = 1; t <= STEPS; t++) {
      float[] gradient = gaussian(t);
      optimizer.step(parameters, gradient, RATE);
      for (int i = 0; i < SIZE; i++) {
        expected[i] = rule.next(expected[i], gradient[i], state[i], t);
      }
    }
    for (int i = 0; i < SIZE; i++) {
      assertThat((double) parameters[i]).isCloseTo(expected[i], within(3e-6));
    }
    assertThat(optimizer.steps()).isEqualTo(STEPS);
  }

  static Stream<Arguments> updaters() {
    INDArray rmsState = Nd4j.zeros(1, SIZE);
    RmsPropUpdater rmsProp =
        new RmsPropUpdater(new org.nd4j.linalg.learning.config.RmsProp(RATE, 0.9, 1e-7));
    rmsProp.setStateViewArray(rmsState, new long[] {1, SIZE}, 'c', false);
    AdamUpdater adam =
        new AdamUpdater(new org.nd4j.linalg.learning.config.Adam(RATE, 0.9, 0.999, 1e-7));
    adam.setStateViewArray(Nd4j.zeros(1, 2 * SIZE), new long[] {1, SIZE}, 'c', false);
    return Stream.of(
        Arguments.of(new Sgd(SIZE), new SgdUpdater(new org.nd4j.linalg.learning.config.Sgd(RATE))),
        Arguments.of(new RmsProp(SIZE), rmsProp),
        Arguments.of(new Adam(SIZE), adam));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void stepsAgreeWithNd4jsUpdaters(Optimizer optimizer, GradientUpdater<?> updater) {
    float[] parameters = gaussian(0);
    INDArray theirs = Nd4j.createFromArray(parameters.clone()).reshape(1, SIZE);
    for (int t = 0; t < STEPS; t++) {
      float[] gradient = gaussian(t + 1);
      optimizer.step(parameters, gradient, RATE);
      INDArray update = Nd4j.createFromArray(gradient).reshape(1, SIZE);
      updater.applyUpdater(update, t, 0);
      theirs.subi(update);
    }
    float[] expected = theirs.toFloatVector();
    for (int i = 0; i < SIZE; i++) {
      assertThat(parameters[i]).isCloseTo(expected[i], within(5e-6f));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRestoredStateContinuesToTheBit(Optimizer optimizer, Rule rule) {
    float[] parameters = gaussian(0);
    for (int t = 1; t <= 5; t++) {
      optimizer.step(parameters, gaussian(t), RATE);
    }
    float[][] stored = optimizer.moments().clone();
    for (int i = 0; i < stored.length; i++) {
      stored[i] = stored[i].clone();
    }
    float[] first = parameters.clone();
    optimizer.step(first, gaussian(6), RATE);
    optimizer.step(first, gaussian(7), RATE);

    optimizer.restore(stored, 5);
    float[] second = parameters.clone();
    optimizer.step(second, gaussian(6), RATE);
    optimizer.step(second, gaussian(7), RATE);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aStateOfAnotherShapeIsRefusedAndChangesNothing() {
    Adam adam = new Adam(3);
    adam.step(new float[3], new float[] {1, 2, 3}, 0.1);
    float[] before = adam.moments()[0].clone();
    assertThatThrownBy(() -> adam.restore(new float[1][3], 1))
        .hasMessage("optimiser state: expected 2 moment vectors, found 1");
    assertThatThrownBy(() -> adam.restore(new float[][] {new float[3], new float[4]}, 1))
        .hasMessage("optimiser: expected a moment vector of 3 numbers, found 4");
    assertThatThrownBy(() -> adam.restore(new float[2][3], -1))
        .hasMessage("optimiser state: expected steps >= 0, found -1");
    assertThatThrownBy(() -> adam.step(new float[3], new float[2], 0.1))
        .hasMessage("optimiser: expected gradients of 3 numbers, found 2");
    assertThatThrownBy(() -> adam.step(new float[4], new float[3], 0.1))
        .hasMessage("optimiser: expected parameters of 3 numbers, found 4");
    assertThat(adam.moments()[0]).isEqualTo(before);
    assertThat(adam.steps()).isEqualTo(1);
  }

  /** Gradients as small as ε, which then takes about half of the first step. */
  @ParameterizedTest
  @MethodSource("rules")
  void theFirstStepOfATinyGradientFollowsTheRuleToo(Optimizer optimizer, Rule rule) {
    float[] parameters = new float[SIZE];
    float[] gradient = gaussian(1);
    for (int i = 0; i < SIZE; i++) {
      gradient[i] *= 2e-8f;
    }
    optimizer.step(parameters, gradient, RATE);
    for (int i = 0; i < SIZE; i++) {
      double expected = rule.next(0, gradient[i], new double[2], 1);
      assertThat((double) parameters[i]).isCloseTo(expected, within(1e-5 * Math.abs(expected)));
    }
  }

  @Test
  void aStateOfNoStepsIsTheBeginning() {
    float[] first = gaussian(0);
    float[] second = first.clone();
    Adam adam = new Adam(SIZE);
    adam.step(first, gaussian(1), RATE);
    adam.restore(new float[2][SIZE], 0);
    adam.step(second, gaussian(1), RATE);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void everyKindMakesItsOptimiserAndOnlyAdamWDecaysWeights() {
    assertThat(OptimizerKind.ADAM.create(2, 0)).isInstanceOf(Adam.class);
    assertThat(OptimizerKind.SGD.create(2, 0)).isInstanceOf(Sgd.class);
    assertThat(OptimizerKind.RMSPROP.create(2, 0)).isInstanceOf(RmsProp.class);
    float[] parameters = {1, 1};
    OptimizerKind.ADAMW.create(2, 0.5).step(parameters, new float[2], 0.1);
    assertThat(parameters).containsExactly(0.95f, 0.95f);
    assertThat(OptimizerKind.ADAMW.create(2, 0)).isInstanceOf(AdamW.class);
    assertThatThrownBy(() -> OptimizerKind.ADAMW.create(2, -0.5))
        .hasMessage("weight decay: expected 0 or more, found -0.5");
    assertThatThrownBy(() -> OptimizerKind.SGD.create(2, 0.5))
        .hasMessage("weight decay: expected 0 for all but AdamW, found 0.5 for SGD");
  }

  @Test
  void onlyGradientsLongerThanTheLimitAreShortened() {
    GlobalNormClip clip = new GlobalNormClip(2);
    float[] longer = {3, 0, -4};
    assertThat(clip.apply(longer)).isEqualTo(5);
    float coefficient = (float) (2 / (5 + 1e-6));
    assertThat(longer).containsExactly(3 * coefficient, 0, -4 * coefficient);

    float[] shorter = {1, 1};
    assertThat(clip.apply(shorter)).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(shorter).containsExactly(1, 1);
  }

  @Test
  void theNormIsThatOfAllNumbersHoweverMany() {
    float[] numbers = gaussian(3);
    double squares = 0;
    for (int count = 0; count < SIZE; count++) {
      double norm = new GlobalNormClip(100).apply(Arrays.copyOf(numbers, count));
      assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-14 * norm));
      squares += (double) numbers[count] * numbers[count];
    }
  }

  private static float[] gaussian(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
