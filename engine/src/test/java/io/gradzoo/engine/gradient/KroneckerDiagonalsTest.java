package io.gradzoo.engine.gradient;

import static io.gradzoo.engine.network.Vectors.gaussian;
import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** K-FAC and EK-FAC against explicit matrices in double. */
class KroneckerDiagonalsTest {
  private static final String MLP = "relu:4:dense6:dense5:dense3";

  @Test
  void kfacIsTheDiagonalOfTheKroneckerProductOfTheMeanOuterProducts() {
    LayeredArchitecture architecture = LayeredArchitecture.parse(MLP);
    GradientSet set = set(architecture, 37);
    double[] expected = new double[architecture.parameterCount()];
    for (AffineLayer layer : architecture.affineLayers()) {
      double[][] a = augmented((DenseFactors) set.layers().get(layer.index()));
      double[][] g = signals((DenseFactors) set.layers().get(layer.index()));
      double[][] meanA = meanOuter(a);
      double[][] meanG = meanOuter(g);
      for (int o = 0; o < layer.out(); o++) {
        for (int i = 0; i < layer.in(); i++) {
          expected[layer.weightOffset() + o * layer.in() + i] = meanG[o][o] * meanA[i][i];
        }
        expected[layer.biasOffset() + o] = meanG[o][o] * meanA[layer.in()][layer.in()];
      }
    }
    assertThat(relativeDistance(KfacDiagonal.of(architecture, set.layers()), expected))
        .isLessThan(1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {37, 4})
  void ekfacIsTheProjectedSecondMomentMatrixMappedBack(int samples) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(MLP);
    GradientSet set = set(architecture, samples);
    double[] expected = new double[architecture.parameterCount()];
    for (AffineLayer layer : architecture.affineLayers()) {
      double[][] a = augmented((DenseFactors) set.layers().get(layer.index()));
      double[][] g = signals((DenseFactors) set.layers().get(layer.index()));
      double[][] ua = eigenvectors(meanOuter(a));
      double[][] ug = eigenvectors(meanOuter(g));
      int width = layer.in() + 1;
      for (int k = 0; k < layer.out() * width; k++) {
        double[] direction = new double[layer.out() * width];
        for (int i = 0; i < direction.length; i++) {
          direction[i] = ug[k / width][i / width] * ua[k % width][i % width];
        }
        double moment = 0;
        for (int n = 0; n < samples; n++) {
          double along = 0;
          for (int i = 0; i < direction.length; i++) {
            along += direction[i] * g[n][i / width] * a[n][i % width];
          }
          moment += along * along / samples;
        }
        for (int i = 0; i < direction.length; i++) {
          int at =
              i % width == layer.in()
                  ? layer.biasOffset() + i / width
                  : layer.weightOffset() + i / width * layer.in() + i % width;
          expected[at] += moment * direction[i] * direction[i];
        }
      }
    }
    assertThat(relativeDistance(EkfacDiagonal.of(architecture, set.layers()), expected))
        .isLessThan(1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {37, 4})
  void ekfacHasTheEmpiricalFisherMatrixsTraceAndKfacHasNot(int samples) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(MLP);
    GradientSet set = set(architecture, samples);
    double ekfac = sum(EkfacDiagonal.of(architecture, set.layers()));
    double kfac = sum(KfacDiagonal.of(architecture, set.layers()));

    assertThat(ekfac / set.trace()).isBetween(1 - 1e-6, 1 + 1e-6);
    assertThat(Math.abs(kfac / set.trace() - 1)).isGreaterThan(1e-3);
  }

  @Test
  void withTheStandardBasisAsEigenbasesEkfacIsTheEmpiricalDiagonal() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("relu:3:dense2");
    AffineLayer layer = architecture.affineLayers().get(0);
    float[] a = {1, 2, -3, 1, -2, 3, -1, 2, 3, -1, -2, -3}; // columns orthogonal to (1, 1, 1, 1)
    float[] g = {2, 2, 3, -1.5f, -1, 5, -5.5f, -1}; // columns orthogonal
    DenseFactors factors = new DenseFactors(layer, a, g);
    double[] expected = new double[8];
    for (int n = 0; n < 4; n++) {
      for (int o = 0; o < 2; o++) {
        double signal = g[n * 2 + o];
        for (int i = 0; i < 3; i++) {
          expected[o * 3 + i] += signal * signal * a[n * 3 + i] * a[n * 3 + i] / 4;
        }
        expected[6 + o] += signal * signal / 4;
      }
    }
    assertThat(relativeDistance(EkfacDiagonal.of(architecture, List.of(factors)), expected))
        .isLessThan(1e-7);
  }

  @Test
  void aConvolutionWithoutFactorsIsNamed() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("relu:1x4x4:conv2k3s1p0:dense3");
    GradientSet set = set(architecture, 3);
    assertThatThrownBy(() -> KfacDiagonal.of(architecture, set.layers()))
        .hasMessage(
            "K-FAC diagonal: layer 0 of relu:1x4x4:conv2k3s1p0:dense3: expected factors, found a"
                + " convolution's summed gradients (fix: extract with ConvolutionForm.FACTORS)");
    assertThatThrownBy(() -> EkfacDiagonal.of(architecture, set.layers()))
        .hasMessageStartingWith("EK-FAC diagonal: layer 0 of relu:1x4x4");
  }

  private static GradientSet set(LayeredArchitecture architecture, int samples) {
    float[] parameters = gaussian(architecture.parameterCount(), 0.5, 1);
    float[] inputs = gaussian(samples * architecture.input().size(), 1, 2);
    Targets targets = new Targets.Labels(Vectors.labels(samples, 3, 3));
    return new GradientExtraction(architecture)
        .extract(
            parameters, 0, inputs, samples, new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, targets));
  }

  private static double[][] augmented(DenseFactors factors) {
    int in = factors.layer().in();
    double[][] rows = new double[factors.samples()][];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = Arrays.copyOf(toDouble(factors.inputs(), n * in, in), in + 1);
      rows[n][in] = 1;
    }
    return rows;
  }

  private static double[][] signals(DenseFactors factors) {
    int out = factors.layer().out();
    double[][] rows = new double[factors.samples()][];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = toDouble(factors.signals(), n * out, out);
    }
    return rows;
  }

  private static double[][] meanOuter(double[][] rows) {
    int width = rows[0].length;
    double[][] mean = new double[width][width];
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          mean[i][j] += row[i] * row[j] / rows.length;
        }
      }
    }
    return mean;
  }

  /** Classical two-sided Jacobi: all eigenvectors as rows, those of eigenvalue 0 included. */
  private static double[][] eigenvectors(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][];
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      vectors[i][i] = 1;
    }
    for (int rotation = 0; rotation < 40 * n * n; rotation++) {
      int p = 0;
      int q = 1;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          if (Math.abs(a[i][j]) > Math.abs(a[p][q])) {
            p = i;
            q = j;
          }
        }
      }
      if (Math.abs(a[p][q]) < 1e-18) {
        break;
      }
      double angle = Math.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2;
      double c = Math.cos(angle);
      double s = Math.sin(angle);
      for (int i = 0; i < n; i++) {
        double x = a[i][p];
        a[i][p] = c * x - s * a[i][q];
        a[i][q] = s * x + c * a[i][q];
      }
      for (int i = 0; i < n; i++) {
        double x = a[p][i];
        a[p][i] = c * x - s * a[q][i];
        a[q][i] = s * x + c * a[q][i];
        double v = vectors[p][i];
        vectors[p][i] = c * v - s * vectors[q][i];
        vectors[q][i] = s * v + c * vectors[q][i];
      }
    }
    return vectors;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
