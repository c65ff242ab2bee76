package io.gradzoo.engine.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.GaussianNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients near the ends of float32's range, against sums in double precision. */
class ExtremeGradientsTest {
  private static final int SAMPLES = 40;

  /** Products are of ordinary size or representable, whatever the squares of their factors are. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1e10, 1e-24", "1e25, 1e-20", "1e-25, 1e20", "1e-12, 1e-3", "1e-10, 1e-10"})
  void momentsOfDenseLayersAreThoseOfTheProducts(double inputs, double signals) {
    AffineLayer layer = LayeredArchitecture.parse("relu:5:dense3").affineLayers().get(0);
    SplittableRandom random = new SplittableRandom(3);
    float[] a = numbers(random, SAMPLES * 5, inputs);
    float[] g = numbers(random, SAMPLES * 3, signals);

    LayerMoments moments = new DenseFactors(layer, a, g).moments();

    for (int o = 0; o < 3; o++) {
      for (int i = 0; i < 5; i++) {
        double square = 0;
        double size = 0;
        double sum = 0;
        for (int n = 0; n < SAMPLES; n++) {
          double product = (double) g[n * 3 + o] * a[n * 5 + i];
          sum += product / SAMPLES;
          size += Math.abs(product) / SAMPLES;
          square += product * product / SAMPLES;
        }
        assertThat((double) moments.meanSquaredWeight()[o * 5 + i])
            .isCloseTo(square, within(1e-5 * square + Float.MIN_VALUE));
        assertThat((double) moments.meanWeight()[o * 5 + i])
            .isCloseTo(sum, within(1e-5 * size + Float.MIN_VALUE));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relu:4:dense6:dense6:dense3",
        "tanh:4:dense6:dense6:dense3",
        "relu:1x5x5:conv3k3s1p0:conv4k3s1p0:gap:dense3"
      })
  void networksOfTinyWeightsHaveGradientSets(String text) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(text);
    float[] ordinary = GaussianNetwork.parameters(architecture, 5);
    float[] inputs = numbers(new SplittableRandom(7), SAMPLES * architecture.input().size(), 1);
    int[] labels = new int[SAMPLES];
    for (ConvolutionForm form : ConvolutionForm.values()) {
      for (double scale : new double[] {1, 1e-4, 1e-8, 1e-12, 1e-16, 1e-20, 1e-30, 1e-44, 0}) {
        float[] parameters = new float[ordinary.length];
        for (int i = 0; i < parameters.length; i++) {
          parameters[i] = (float) (scale * ordinary[i]);
        }
        GradientSet set =
            new GradientExtraction(architecture, form)
                .extract(
                    parameters,
                    0,
                    inputs,
                    SAMPLES,
                    new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels)));
        assertThat(set.discrepancy()).as("weights of %s", scale).isLessThan(1e-5);
      }
    }
  }

  @Test
  void aBatchGradientThatIsAnotherIsFoundHoweverSmall() {
    BatchDifference difference = new BatchDifference(SAMPLES);
    difference.add(1.1e-24, 1e-48, 1e-24);

    assertThat(difference.relative()).isCloseTo(0.1, within(1e-6));
  }

  @Test
  void roundingToTheSmallestFloatsIsNoDifference() {
    BatchDifference difference = new BatchDifference(SAMPLES);
    difference.add(SAMPLES * (double) Float.MIN_VALUE, 1e-100, 0);

    assertThat(difference.relative()).isZero();
  }

  private static float[] numbers(SplittableRandom random, int count, double scale) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (scale * random.nextDouble(-1, 1));
    }
    return numbers;
  }
}
