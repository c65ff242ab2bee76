package io.gradzoo.engine.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The freedom of rescaling, by count and by the numeric rank of derivatives. */
class GaugeDimensionTest {
  private static final double STEP = 1e-2;

  @Test
  void theSmallCnnZooHasOneForEachChannel() {
    LayeredArchitecture zoo =
        LayeredArchitecture.parse(
            "relu:1x32x32:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10");

    assertThat(GaugeDimension.of(zoo)).isEqualTo(new GaugeDimension(48, 16 * (225 + 49 + 9)));
  }

  @ParameterizedTest
  @CsvSource({
    "relu:5:dense4:dense3:dense2, 7, 7",
    "relu:1x4x4:conv2k3s1p0:dense2, 2, 8",
    "relu:1x5x5:conv2k3s1p0:conv3k2s1p0:gap:dense2, 5, 30"
  })
  void theActionOfRescalingsHasThatRank(String text, int channels, int units) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(text);

    assertThat(GaugeDimension.of(architecture)).isEqualTo(new GaugeDimension(channels, units));
    assertThat(rank(tangents(architecture, parameters(architecture)))).isEqualTo(channels);
  }

  @ParameterizedTest
  @CsvSource({"relu:1x4x4:conv2k3s1p0:dense2, 2", "relu:5:dense4:dense2, 4"})
  void outputsHaveDerivativesInAllOtherDirections(String text, int channels) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(text);
    double[][] jacobian = outputDerivatives(architecture, parameters(architecture));

    assertThat(rank(jacobian)).isEqualTo(architecture.parameterCount() - channels);
  }

  /** A convolution as the perceptron that it unrolls to, whose weights are its own. */
  @Test
  void theUnrolledPerceptronHasOneForEachUnit() {
    LayeredArchitecture convolution = LayeredArchitecture.parse("relu:1x4x4:conv2k3s1p0:dense2");
    LayeredArchitecture unrolled = LayeredArchitecture.parse("relu:16:dense8:dense2");
    float[] dense = unroll(convolution, parameters(convolution), unrolled);

    float[] image = inputs(16, 1);
    assertThat(new BatchedNetwork(unrolled, 1).forward(dense, 0, image, 0, 1)[1])
        .isCloseTo(
            new BatchedNetwork(convolution, 1).forward(parameters(convolution), 0, image, 0, 1)[1],
            org.assertj.core.api.Assertions.within(1e-5f));
    assertThat(rank(tangents(unrolled, dense)))
        .isEqualTo(GaugeDimension.of(convolution).units())
        .isEqualTo(GaugeDimension.of(unrolled).channels());
  }

  private static float[] parameters(LayeredArchitecture architecture) {
    return inputs(architecture.parameterCount(), 5);
  }

  private static float[] inputs(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** How the parameters move if one hidden neuron after the other is rescaled. */
  private static double[][] tangents(LayeredArchitecture architecture, float[] parameters) {
    List<AffineLayer> hidden =
        architecture.affineLayers().subList(0, architecture.affineLayers().size() - 1);
    List<double[]> tangents = new ArrayList<>();
    for (AffineLayer layer : hidden) {
      for (int neuron = 0; neuron < layer.out(); neuron++) {
        float[][] factors = new float[hidden.size()][];
        for (AffineLayer each : hidden) {
          factors[each.index()] = new float[each.out()];
          Arrays.fill(factors[each.index()], 1f);
        }
        factors[layer.index()][neuron] = (float) Math.exp(STEP);
        float[] moved = new PositiveScaling(factors).apply(architecture, parameters);
        double[] tangent = new double[moved.length];
        for (int i = 0; i < moved.length; i++) {
          tangent[i] = (moved[i] - parameters[i]) / STEP;
        }
        tangents.add(tangent);
      }
    }
    return tangents.toArray(double[][]::new);
  }

  /**
   * Derivatives of the outputs of many inputs in the parameters, [inputs · outputs, parameters].
   */
  private static double[][] outputDerivatives(
      LayeredArchitecture architecture, float[] parameters) {
    int outputs = architecture.outputs();
    int samples = 4 * architecture.parameterCount();
    float[] inputs = inputs(samples * architecture.input().size(), 9);
    BatchedNetwork network = new BatchedNetwork(architecture, 1);
    List<double[]> rows = new ArrayList<>();
    for (int n = 0; n < samples; n++) {
      for (int k = 0; k < outputs; k++) {
        network.forward(parameters, 0, inputs, n * architecture.input().size(), 1);
        float[] signal = new float[outputs];
        signal[k] = 1f;
        network.backward(signal);
        float[] gradient = new float[architecture.parameterCount()];
        network.addGradient(1f, gradient);
        double[] row = new double[gradient.length];
        for (int i = 0; i < row.length; i++) {
          row[i] = gradient[i];
        }
        rows.add(row);
      }
    }
    return rows.toArray(double[][]::new);
  }

  /** How many directions rows span: Gram and Schmidt, the largest first. */
  private static int rank(double[][] matrix) {
    double[][] rows = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    double largest = 0;
    for (int rank = 0; rank < rows.length; rank++) {
      int pivot = rank;
      for (int i = rank; i < rows.length; i++) {
        pivot = norm(rows[i]) > norm(rows[pivot]) ? i : pivot;
      }
      double[] chosen = rows[pivot];
      rows[pivot] = rows[rank];
      rows[rank] = chosen;
      double norm = norm(chosen);
      largest = Math.max(largest, norm);
      if (norm < 1e-4 * largest) {
        return rank;
      }
      for (int i = rank + 1; i < rows.length; i++) {
        double along = dot(rows[i], chosen) / (norm * norm);
        for (int j = 0; j < chosen.length; j++) {
          rows[i][j] -= along * chosen[j];
        }
      }
    }
    return rows.length;
  }

  private static double norm(double[] row) {
    return Math.sqrt(dot(row, row));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The weights of the dense layers that compute what a convolution and a dense layer do. */
  private static float[] unroll(
      LayeredArchitecture convolution, float[] parameters, LayeredArchitecture dense) {
    AffineLayer from = convolution.affineLayers().get(0);
    AffineLayer to = dense.affineLayers().get(0);
    float[] unrolled = new float[dense.parameterCount()];
    int side = from.output().height();
    int width = from.input().width();
    for (int channel = 0; channel < from.out(); channel++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int unit = (channel * side + y) * side + x;
          unrolled[to.biasOffset() + unit] = parameters[from.biasOffset() + channel];
          for (int k = 0; k < 9; k++) {
            int pixel = (y + k / 3) * width + x + k % 3;
            unrolled[to.weightOffset() + unit * to.in() + pixel] =
                parameters[from.weightOffset() + channel * 9 + k];
          }
        }
      }
    }
    AffineLayer last = convolution.affineLayers().get(1);
    System.arraycopy(
        parameters,
        last.weightOffset(),
        unrolled,
        dense.affineLayers().get(1).weightOffset(),
        last.weightCount() + last.out());
    return unrolled;
  }
}
