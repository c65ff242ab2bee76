package io.gradzoo.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossTest {

  @Test
  void crossEntropySurvivesHugeOutputs() {
    float[] outputs = {1e30f, -1e30f, 5f, 1000f, 1001f, 999f};
    float[] losses = new float[2];
    float[] signals = new float[6];
    Targets targets = new Targets.Labels(new int[] {7, 0, 0});
    Loss.SOFTMAX_CROSS_ENTROPY.evaluate(targets, 1, 2, 3, outputs, losses, signals);

    double sum = Math.exp(-1) + 1 + Math.exp(-2);
    assertThat(losses[0]).isZero();
    assertThat(losses[1]).isCloseTo((float) (Math.log(sum) + 1), within(1e-6f));
    assertThat(signals).startsWith(0f, 0f, 0f);
    assertThat(signals[3]).isCloseTo((float) (Math.exp(-1) / sum - 1), within(1e-6f));
    assertThat(signals[4]).isCloseTo((float) (1 / sum), within(1e-6f));
  }

  @Test
  void softmaxSumsToOne() {
    float[] probabilities = new float[4];
    Loss.softmax(2, 2, new float[] {0f, (float) Math.log(3), -2000f, 2000f}, probabilities);
    assertThat(probabilities[0]).isCloseTo(0.25f, within(1e-6f));
    assertThat(probabilities).endsWith(0f, 1f);
  }

  @Test
  void theFirstOfEqualOutputsCountsAndNotANumberIsWrong() {
    float[] outputs = {1, 1, 0, 2, Float.NaN, Float.NaN};
    assertThat(Loss.countCorrect(3, 2, outputs, new int[] {9, 0, 1, 0}, 1)).isEqualTo(2);
  }

  @Test
  void targetsOfTheWrongKindAreRefused() {
    assertThatThrownBy(
            () ->
                Loss.SQUARED_ERROR.evaluate(
                    new Targets.Labels(new int[1]),
                    0,
                    1,
                    1,
                    new float[1],
                    new float[1],
                    new float[1]))
        .hasMessage(
            "SQUARED_ERROR: expected labels for cross-entropy and values for squared errors, found"
                + " Labels");
  }
}
