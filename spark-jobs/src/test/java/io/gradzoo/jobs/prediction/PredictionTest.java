package io.gradzoo.jobs.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {

  @Test
  void oneNumberHasItsDifferenceAsError() {
    Prediction prediction = Prediction.of("m", "64:dense10", 0.75, 0.5);

    assertThat(prediction)
        .isEqualTo(new Prediction("m", "64:dense10", 0.75, 0.5, 0.25, 0.0625, null));
  }

  @Test
  void ofManyNumbersMeansAndMeanErrorsAreKept() {
    Answer answer =
        new Answer("m", "1:dense1", new double[] {1, -3, 2, 4}, new float[] {3, -2, 2, 0});

    assertThat(answer.prediction())
        .isEqualTo(new Prediction("m", "1:dense1", 1, 0.75, 7 / 4.0, 21 / 4.0, null));
  }

  @Test
  void oneNumberThatIsNoneMakesThePredictionNotFinite() {
    float[] infinite = {1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};

    assertThat(Answer.finite(new float[] {1, 2})).isTrue();
    assertThat(Answer.finite(infinite)).isFalse();
    assertThat(Answer.finite(new float[] {Float.NaN, 1})).isFalse();
    assertThat(new Answer("m", "a", new double[3], infinite).prediction().finite()).isFalse();
    assertThat(Prediction.of("m", "a", 0.1, 0.2).finite()).isTrue();
    assertThat(Prediction.of("m", "a", 0.1, Double.NaN).finite()).isFalse();
  }

  @Test
  void ranksAreOfMeansAndErrorsOverAllNumbers() {
    List<Prediction> predictions =
        List.of(
            new Answer("a", "x", new double[] {0, 2}, new float[] {2, 0}).prediction(),
            new Answer("b", "x", new double[] {2, 4}, new float[] {4, 2}).prediction(),
            new Answer("c", "x", new double[] {7, 9}, new float[] {7, 9}).prediction());

    Agreement agreement = Prediction.agreement(predictions);

    assertThat(agreement.tau()).isCloseTo(1, within(1e-15));
    assertThat(agreement.r2()).isCloseTo(1, within(1e-15));
    assertThat(agreement.meanAbsoluteError()).isCloseTo(4 / 3.0, within(1e-15));
    assertThat(agreement.meanSquaredError()).isCloseTo(8 / 3.0, within(1e-15));
  }

  @Test
  void aPredictionOfAClassHasItsCrossEntropyAndTheErrorsOfAllProbabilities() {
    float[] logarithms = {(float) Math.log(0.2), (float) Math.log(0.7), (float) Math.log(0.1)};
    Prediction right = new Answer("a", "x", new double[] {1}, logarithms).prediction();
    Prediction wrong = new Answer("b", "x", new double[] {2}, logarithms).prediction();

    assertThat(right.predicted()).isEqualTo(1);
    assertThat(right.crossEntropy()).isCloseTo(-Math.log(0.7), within(1e-7));
    assertThat(right.absoluteError()).isCloseTo((0.2 + 0.3 + 0.1) / 3, within(1e-7));
    assertThat(right.squaredError()).isCloseTo((0.04 + 0.09 + 0.01) / 3, within(1e-7));
    Agreement agreement = Prediction.agreement(List.of(right, wrong));
    assertThat(agreement.accuracy()).isEqualTo(0.5);
    assertThat(agreement.tau()).isNaN();
    assertThat(new Validation(agreement, 1).accuracyThenLoss())
        .isLessThan(new Validation(agreement, 0.9).accuracyThenLoss())
        .isCloseTo(0.5, within(1e-8));
    float[] strange = {Float.NaN, 0, 0};
    assertThat(new Answer("c", "x", new double[] {0}, strange).prediction().finite()).isFalse();
  }
}
