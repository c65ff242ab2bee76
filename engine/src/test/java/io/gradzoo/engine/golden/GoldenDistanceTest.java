package io.gradzoo.engine.golden;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoldenDistanceTest {
  private static final double[] STORED = {3, 4};

  @Test
  void distancesAreRelativeToWhatIsStored() {
    assertThat(GoldenDistance.between(new double[] {3, 5}, STORED, 0)).isEqualTo(0.2);
    assertThat(GoldenDistance.between(new double[] {3, 5}, STORED, 5)).isEqualTo(0.1);
    assertThat(GoldenDistance.between(STORED, STORED, 0)).isZero();
  }

  @Test
  void whatIsNoNumberOrOfAnotherLengthIsNotNear() {
    assertThat(GoldenDistance.between(new double[] {3, Double.NaN}, STORED, 0)).isNaN();
    assertThat(GoldenDistance.between(new double[] {3}, STORED, 0)).isInfinite();
    assertThat(new GoldenDistance(0, Double.NaN).largest()).isNaN();
  }
}
