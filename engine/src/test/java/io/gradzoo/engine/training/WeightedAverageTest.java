package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WeightedAverageTest {
  @Test
  void theMeanOfOneVectorHasTheBitsOfItsSum() {
    float[] vector = {1f / 3, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, -1e-30f};
    for (double weight : new double[] {1, 7, 25 * 16}) {
      float[] mean = average(weight, vector);

      for (int i = 0; i < vector.length; i++) {
        float summed = (float) ((0 + weight * vector[i]) / weight);
        assertThat(Float.floatToRawIntBits(mean[i]))
            .as("%s", vector[i])
            .isEqualTo(Float.floatToRawIntBits(summed));
      }
      assertThat(mean).isNotSameAs(vector);
    }
  }

  @Test
  void vectorsCountByTheirWeights() {
    WeightedAverage average = new WeightedAverage(2);
    average.add(new float[] {9, 9}, 0);
    average.add(new float[] {1, 2}, 1);
    average.add(new float[] {5, 4}, 3);

    assertThat(average.mean()).containsExactly(4f, 3.5f);
  }

  @Test
  void anAverageOfNothingIsRefused() {
    WeightedAverage average = new WeightedAverage(1);
    average.add(new float[] {1}, 0);

    assertThatThrownBy(average::mean).hasMessage("an average of nothing");
    assertThatThrownBy(() -> average.add(new float[2], 1))
        .hasMessageContaining("expected vectors of 1 numbers, found 2");
  }

  private static float[] average(double weight, float[] vector) {
    WeightedAverage average = new WeightedAverage(vector.length);
    average.add(vector, weight);
    return average.mean();
  }
}
