package io.gradzoo.engine.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientBoostingTest {
  private static final GradientBoosting.Settings PLAIN =
      new GradientBoosting.Settings(60, 3, 0.1, 1, 1);

  private static final GradientBoosting.Settings SHALLOW =
      new GradientBoosting.Settings(20, 2, 0.1, 1, 1);

  /**
   * Made by {@code friedman.py}, which stands beside it.
   *
   * @param numbers to learn
   * @param shallow scikit-learn's predictions with the settings {@link #SHALLOW}
   * @param plain its predictions with {@link #PLAIN}
   */
  private record Reference(
      double[][] features, double[] numbers, double[] shallow, double[] plain) {
    static Reference of(String set) throws IOException {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  GradientBoostingTest.class.getResourceAsStream("/boosting/friedman.csv"),
                  StandardCharsets.UTF_8))) {
        List<double[]> rows =
            lines
                .lines()
                .map(line -> Arrays.asList(line.split(",")))
                .filter(cells -> cells.get(0).equals(set))
                .map(cells -> cells.stream().skip(1).mapToDouble(Double::parseDouble).toArray())
                .toList();
        return new Reference(
            rows.stream().map(row -> Arrays.copyOf(row, 5)).toArray(double[][]::new),
            rows.stream().mapToDouble(row -> row[5]).toArray(),
            rows.stream().mapToDouble(row -> row[6]).toArray(),
            rows.stream().mapToDouble(row -> row[7]).toArray());
      }
    }
  }

  @Test
  void itPredictsWhatScikitLearnPredicts() throws IOException {
    Reference train = Reference.of("train");
    Reference test = Reference.of("test");

    GradientBoosting shallow = GradientBoosting.fit(train.features, train.numbers, SHALLOW, 0);

    assertThat(test.numbers).hasSize(40);
    for (int i = 0; i < test.numbers.length; i++) {
      assertThat(shallow.predict(test.features[i])).isCloseTo(test.shallow[i], within(1e-9));
    }
    assertThat(predictions(train, PLAIN, 0)).containsExactly(train.plain, within(1e-9));
  }

  @Test
  void drawsAreAFunctionOfTheSeedAndOfTheShares() throws IOException {
    Reference train = Reference.of("train");
    double[] first = predictions(train, new GradientBoosting.Settings(60, 3, 0.1, 0.7, 0.5), 1);

    assertThat(predictions(train, new GradientBoosting.Settings(60, 3, 0.1, 0.7, 0.5), 1))
        .isEqualTo(first);
    assertThat(predictions(train, new GradientBoosting.Settings(60, 3, 0.1, 0.7, 0.5), 2))
        .isNotEqualTo(first);
    assertThat(predictions(train, new GradientBoosting.Settings(60, 3, 0.1, 0.7, 1), 1))
        .isNotEqualTo(first);
  }

  @Test
  void aTreeOfEnoughDepthLearnsDistinctRowsByHeart() throws IOException {
    Reference train = Reference.of("train");

    assertThat(predictions(train, new GradientBoosting.Settings(1, 14, 1, 1, 1), 0))
        .containsExactly(train.numbers, within(1e-9));
  }

  @Test
  void constantTargetsAndColumnsLeaveTheMean() {
    double[][] constant = {{1, 2}, {1, 2}, {1, 2}};
    double[] targets = {0.1, 0.4, 0.7};
    GradientBoosting unsplit = GradientBoosting.fit(constant, targets, PLAIN, 0);
    GradientBoosting flat =
        GradientBoosting.fit(
            new double[][] {{1}, {2}, {3}}, new double[] {0.1, 0.1, 0.1}, PLAIN, 0);

    assertThat(unsplit.predict(constant[0])).isCloseTo(0.4, within(1e-15));
    assertThat(unsplit.parameters()).isEqualTo(60);
    assertThat(flat.predict(new double[] {7})).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void neighbouringNumbersAreToldApart() {
    double high = Math.nextUp(1.0);
    GradientBoosting fitted =
        GradientBoosting.fit(
            new double[][] {{1}, {high}},
            new double[] {0, 1},
            new GradientBoosting.Settings(1, 1, 1, 1, 1),
            0);

    assertThat(fitted.predict(new double[] {1})).isZero();
    assertThat(fitted.predict(new double[] {high})).isEqualTo(1);
  }

  @Test
  void settingsThatFitNothingAreRefused() {
    assertThatThrownBy(() -> new GradientBoosting.Settings(10, 3, 0.1, 1.5, 1))
        .hasMessageContaining("expected positive settings, and shares of at most 1");
  }

  private static double[] predictions(
      Reference train, GradientBoosting.Settings settings, long seed) {
    GradientBoosting fitted = GradientBoosting.fit(train.features, train.numbers, settings, seed);
    return Arrays.stream(train.features).mapToDouble(fitted::predict).toArray();
  }
}
