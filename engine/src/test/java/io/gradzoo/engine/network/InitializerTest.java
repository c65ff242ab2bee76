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
  @EnumSource(value = Initializer.class, names = "SIREN", mode = EnumSource.Mode.EXCLUDE)
  void biasesAreZero(Initializer initializer) {
    float[] parameters = initializer.parameters(NETWORK, 0.1, 8);
    for (AffineLayer layer : NETWORK.affineLayers()) {
      for (int o = 0; o < layer.out(); o++) {
        assertThat(parameters[layer.biasOffset() + o]).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Initializer.class)
  void theSeedAloneDecides(Initializer initializer) {
    float[] parameters = initializer.parameters(NETWORK, 0.1, 8);
    assertThat(initializer.parameters(NETWORK, 0.1, 8)).isEqualTo(parameters);
    assertThat(initializer.parameters(NETWORK, 0.1, 9)).isNotEqualTo(parameters);
  }

  /**
   * Bounds by hand: 1 / 2, then √(6 / 400) / 30, which is 0.0040825; of biases 1 / √2 and 1 / 20.
   */
  @Test
  void weightsAndBiasesOfSirensAreUniformWithinTheirBounds() {
    LayeredArchitecture siren = LayeredArchitecture.parse("sine30:2:dense400:dense400:dense3");
    float[] parameters = Initializer.SIREN.parameters(siren, 1, 3);
    AffineLayer first = siren.affineLayers().get(0);
    AffineLayer second = siren.affineLayers().get(1);

    assertUniform(parameters, first.weightOffset(), first.weightCount(), 0.5);
    assertUniform(parameters, first.biasOffset(), first.out(), 0.7071068);
    assertUniform(parameters, second.weightOffset(), second.weightCount(), 0.0040825);
    assertUniform(parameters, second.biasOffset(), second.out(), 0.05);
  }

  private static void assertUniform(float[] parameters, int offset, int count, double bound) {
    double squares = 0;
    for (int i = offset; i < offset + count; i++) {
      assertThat(Math.abs(parameters[i])).isLessThanOrEqualTo((float) (bound * 1.0001));
      squares += (double) parameters[i] * parameters[i];
    }
    double deviation = Math.sqrt(squares / count);
    assertThat(deviation / (bound / Math.sqrt(3))).isCloseTo(1, within(4 / Math.sqrt(count)));
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
