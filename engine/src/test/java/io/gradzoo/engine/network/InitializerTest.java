package io.gradzoo.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InitializerTest {
  private static final LayeredArchitecture NETWORK =
      LayeredArchitecture.parse("relu:8x6x6:conv32k3s1p0:gap:dense400:dense10");

  /** Deviations and bounds by hand: fan-in 72, fan-out 288 for the convolution. */
  @ParameterizedTest
  @CsvSource({
    "GLOROT_NORMAL, 0.0745356, 0.1694713",
    "HE_NORMAL, 0.1666667, 0.3789493",
    "NORMAL, 0.05, 10",
    "TRUNCATED_NORMAL, 0.0439813, 0.1"
  })
  void convolutionWeightsHaveTheDeviationAndBoundOfKeras(
      Initializer initializer, double deviation, double bound) {
    float[] weights =
        Arrays.copyOf(
            initializer.parameters(NETWORK, 0.05, 3), NETWORK.affineLayers().get(0).weightCount());
    double squares = 0;
    double sum = 0;
    for (float w : weights) {
      squares += (double) w * w;
      sum += w;
      assertThat(Math.abs(w)).isLessThanOrEqualTo((float) bound);
    }
    int n = weights.length;
    assertThat(Math.sqrt(squares / n) / deviation).isCloseTo(1, within(4 / Math.sqrt(2 * n)));
    assertThat(sum / n).isCloseTo(0, within(4 * deviation / Math.sqrt(n)));
  }

  @Test
  void orthogonalWeightsHaveOrthonormalRowsOrColumns() {
    float[] parameters = Initializer.ORTHOGONAL.parameters(NETWORK, 0, 3);
    assertOrthonormal(parameters, NETWORK.affineLayers().get(0));
    assertOrthonormal(parameters, NETWORK.affineLayers().get(1));
    assertOrthonormal(parameters, NETWORK.affineLayers().get(2));
  }

  @ParameterizedTest
  @EnumSource(Initializer.class)
  void biasesAreZeroAndTheSeedAloneDecides(Initializer initializer) {
    float[] parameters = initializer.parameters(NETWORK, 0.1, 8);
    for (AffineLayer layer : NETWORK.affineLayers()) {
      for (int o = 0; o < layer.out(); o++) {
        assertThat(parameters[layer.biasOffset() + o]).isZero();
      }
    }
    assertThat(initializer.parameters(NETWORK, 0.1, 8)).isEqualTo(parameters);
    assertThat(initializer.parameters(NETWORK, 0.1, 9)).isNotEqualTo(parameters);
  }

  private static void assertOrthonormal(float[] parameters, AffineLayer layer) {
    boolean wide = layer.out() <= layer.fanIn();
    int count = Math.min(layer.out(), layer.fanIn());
    int length = Math.max(layer.out(), layer.fanIn());
    int vectorStep = wide ? layer.fanIn() : 1;
    int numberStep = wide ? 1 : layer.fanIn();
    for (int v = 0; v < count; v++) {
      for (int w = 0; w <= v; w++) {
        double product = 0;
        for (int i = 0; i < length; i++) {
          product +=
              (double) parameters[layer.weightOffset() + v * vectorStep + i * numberStep]
                  * parameters[layer.weightOffset() + w * vectorStep + i * numberStep];
        }
        assertThat(product).isCloseTo(v == w ? 1 : 0, within(1e-6));
      }
    }
  }
}
