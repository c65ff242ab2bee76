package io.gradzoo.engine.gradient;

import static io.gradzoo.engine.network.Vectors.gaussian;
import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions' gradients as factors and as truncated decompositions. */
class ConvolutionFormsTest {
  private static final int SAMPLES = 7;
  private static final LayeredArchitecture CNN =
      LayeredArchitecture.parse("tanh:2x7x6:conv4k3s2p1:conv5k2s1p0:dense3");

  @Test
  void factorsOfConvolutionsHaveTheSameSampleGradientsAndProducts() {
    GradientSet full = set(CNN, ConvolutionForm.GRADIENTS);
    GradientSet factors = set(CNN, ConvolutionForm.FACTORS);
    assertThat(factors.layers().get(0)).isInstanceOf(ConvolutionFactors.class);
    for (int n = 0; n < SAMPLES; n++) {
      assertThat(relativeDistance(factors.sampleGradient(n), full.sampleGradient(n)))
          .isLessThan(1e-6);
    }
    assertThat(relativeDistance(factors.gram(), full.gram())).isLessThan(1e-6);
    assertThat(factors.discrepancy()).isLessThan(1e-6);
  }

  @Test
  void kfacOfConvolutionsSumsPositionsInOneFactorAndAveragesThemInTheOther() {
    GradientSet set = set(CNN, ConvolutionForm.FACTORS);
    float[] kfac = KfacDiagonal.of(CNN, set.layers());
    AffineLayer layer = CNN.affineLayers().get(1);
    ConvolutionFactors factors = (ConvolutionFactors) set.layers().get(1);
    int positions = layer.output().positions();
    double[] a = new double[layer.fanIn()];
    double[] g = new double[layer.out()];
    double[] patch = new double[layer.fanIn()];
    for (int n = 0; n < SAMPLES; n++) {
      for (int t = 0; t < positions; t++) {
        factors.patch(n, t, patch, 0);
        for (int i = 0; i < a.length; i++) {
          a[i] += patch[i] * patch[i] / SAMPLES;
        }
        for (int o = 0; o < g.length; o++) {
          double signal = factors.signals()[(n * positions + t) * g.length + o];
          g[o] += signal * signal / (SAMPLES * positions);
        }
      }
    }
    double[] expected = new double[layer.weightCount() + layer.out()];
    for (int o = 0; o < g.length; o++) {
      for (int i = 0; i < a.length; i++) {
        expected[o * a.length + i] = g[o] * a[i];
      }
      expected[layer.weightCount() + o] = g[o] * positions;
    }
    float[] found =
        Arrays.copyOfRange(kfac, layer.weightOffset(), layer.weightOffset() + expected.length);
    assertThat(relativeDistance(found, expected)).isLessThan(1e-6);
  }

  @Test
  void ekfacOfConvolutionsHasTheEmpiricalTraceSincePositionsAreSummedBeforeSquaring() {
    GradientSet set = set(CNN, ConvolutionForm.FACTORS);
    double trace = 0;
    for (float value : EkfacDiagonal.of(CNN, set.layers())) {
      trace += value;
    }
    assertThat(trace / set.trace()).isBetween(1 - 1e-6, 1 + 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 9})
  void theTruncationsErrorIsWhatItsEnergyLacksAndNothingAtFullRank(int rank) {
    ConvolutionGradients full =
        (ConvolutionGradients) set(CNN, ConvolutionForm.GRADIENTS).layers().get(0);
    LowRankGradients low = LowRankGradients.of(full, rank);
    int count = full.layer().weightCount();
    int out = full.layer().out();
    for (int n = 0; n < SAMPLES; n++) {
      float[] exact = new float[count + out];
      float[] approximate = new float[count + out];
      full.sampleGradient(n, exact, 0);
      low.sampleGradient(n, approximate, 0);
      double distance =
          relativeDistance(
              Arrays.copyOf(approximate, count), toDouble(Arrays.copyOf(exact, count)));
      assertThat(distance * distance).isCloseTo(1 - low.energy()[n], within(1e-6));
      assertThat(Arrays.copyOfRange(approximate, count, count + out))
          .isEqualTo(Arrays.copyOfRange(exact, count, count + out));
      if (rank >= 4) {
        assertThat(low.energy()[n]).isEqualTo(1f);
        assertThat(distance).isLessThan(1e-6);
      } else {
        assertThat(low.energy()[n]).isBetween(0.3f, 0.9999f);
      }
    }
  }

  @Test
  void aGradientOfOneStrongAndOneWeakDirectionKeepsTheStrongOne() {
    AffineLayer layer = CNN.affineLayers().get(0);
    float[] weights = new float[layer.weightCount()];
    weights[0] = 3; // output 0, input 0
    weights[layer.fanIn() + 5] = 4; // output 1, input 5
    ConvolutionGradients gradient = new ConvolutionGradients(layer, weights, new float[4]);
    LowRankGradients low = LowRankGradients.of(gradient, 1);
    float[] kept = new float[weights.length + 4];
    low.sampleGradient(0, kept, 0);

    assertThat(low.energy()).containsExactly(16f / 25f);
    assertThat(kept[layer.fanIn() + 5]).isCloseTo(4, within(1e-6f));
    assertThat(kept[0]).isZero();
    assertThat(LowRankGradients.of(new ConvolutionGradients(layer, new float[72], new float[4]), 2))
        .satisfies(zero -> assertThat(zero.energy()).containsExactly(1f));
  }

  @Test
  void aRankOfZeroAndMapsOfADenseLayerAreRefused() {
    ConvolutionGradients full =
        (ConvolutionGradients) set(CNN, ConvolutionForm.GRADIENTS).layers().get(0);
    assertThatThrownBy(() -> LowRankGradients.of(full, 0))
        .hasMessage("low-rank gradients of layer 0: expected a positive rank, found 0");
    AffineLayer dense = CNN.affineLayers().get(2);
    assertThatThrownBy(() -> new ConvolutionFactors(dense, new float[0], new float[0]))
        .hasMessage("maps of layer 2: expected a convolution, found a dense layer");
    assertThatThrownBy(
            () -> new ConvolutionFactors(CNN.affineLayers().get(0), new float[84], new float[47]))
        .hasMessage(
            "maps of layer 0: expected samples of 84 inputs and 48 signals, found 84 and 47"
                + " numbers");
  }

  private static GradientSet set(LayeredArchitecture architecture, ConvolutionForm form) {
    Targets targets = new Targets.Labels(Vectors.labels(SAMPLES, 3, 3));
    return new GradientExtraction(architecture, form)
        .extract(
            gaussian(architecture.parameterCount(), 0.5, 1),
            0,
            gaussian(SAMPLES * architecture.input().size(), 1, 2),
            SAMPLES,
            new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, targets));
  }
}
