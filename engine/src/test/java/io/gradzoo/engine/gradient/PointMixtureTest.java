package io.gradzoo.engine.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PointMixtureTest {
  @Test
  void theShareOfPointsInTheUpperHalfIsP() {
    float[] points = new PointMixture(0.3).points(100_000, 1, 5);
    int upper = 0;
    double sumOfUpper = 0;
    for (float point : points) {
      assertThat(point).isBetween(-1f, 1f);
      if (point >= 0) {
        upper++;
        sumOfUpper += point;
      }
    }

    assertThat(upper / 1e5).isCloseTo(0.3, within(0.006));
    assertThat(sumOfUpper / upper)
        .as("mean of the uniform on [0, 1]")
        .isCloseTo(0.5, within(0.007));
  }

  @Test
  void pureMixturesStayInTheirHalf() {
    for (float point : new PointMixture(1).points(1000, 1, 1)) {
      assertThat(point).isBetween(0f, 1f);
    }
    for (float point : new PointMixture(0).points(1000, 1, 1)) {
      assertThat(point).isBetween(-1f, 0f);
    }
  }

  @Test
  void thePointsOfSeveralDimensionsAreInOneHalf() {
    float[] points = new PointMixture(0.5).points(1000, 2, 9);
    for (int i = 0; i < points.length; i += 2) {
      assertThat(points[i] * points[i + 1]).isNotNegative();
    }
  }

  @Test
  void sharesOfNetworksAreUniform() {
    int[] counts = new int[10];
    for (int seed = 0; seed < 10_000; seed++) {
      counts[(int) (10 * PointMixture.draw(seed).share())]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(850, 1150);
    }
  }

  @Test
  void pointsAreAFunctionOfTheSeedAlone() {
    PointMixture mixture = PointMixture.draw(7);

    assertThat(PointMixture.draw(7)).isEqualTo(mixture);
    assertThat(mixture.points(64, 1, 3)).isEqualTo(mixture.points(64, 1, 3));
    assertThat(mixture.points(64, 1, 3)).isNotEqualTo(mixture.points(64, 1, 4));
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new PointMixture(Double.NaN)).hasMessageContaining("found NaN");
  }
}
