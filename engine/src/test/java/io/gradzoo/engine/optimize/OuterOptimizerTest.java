package io.gradzoo.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OuterOptimizerTest {

  /** v = 0.5 · 0 + 1 = 1, θ = 3 − 0.1 (1 + 0.5) = 2.85; then d = 2, v = 2.5, θ − 0.1 (2 + 1.25). */
  @Test
  void nesterovMomentumFollowsWhatRoundsMovedTheParametersBy() {
    OuterOptimizer outer = new OuterOptimizer(0.1, 0.5);
    float[] velocity = {0};
    float[] first = {2};
    outer.step(new float[] {3}, first, velocity);
    assertThat(first[0]).isCloseTo(2.85f, within(1e-6f));
    assertThat(velocity[0]).isEqualTo(1);

    float[] second = {0.85f};
    outer.step(first, second, velocity);
    assertThat(velocity[0]).isCloseTo(2.5f, within(1e-6f));
    assertThat(second[0]).isCloseTo(2.85f - 0.325f, within(1e-6f));
  }

  @Test
  void withoutMomentumItIsAStepOfTheLearningRateTowardsTheAverage() {
    float[] averaged = {1, -1, 7};
    new OuterOptimizer(0.5, 0).step(new float[] {3, 1}, averaged, new float[0]);

    assertThat(averaged).containsExactly(2, 0, 7);
  }

  @Test
  void momentumBelowOneAndAPositiveRateAreNeeded() {
    assertThatThrownBy(() -> new OuterOptimizer(0, 0)).hasMessageContaining("a positive number");
    assertThatThrownBy(() -> new OuterOptimizer(1, 1)).hasMessageContaining("below 1");
    assertThatThrownBy(() -> new OuterOptimizer(1, -0.1)).hasMessageContaining("0 or more");
  }
}
