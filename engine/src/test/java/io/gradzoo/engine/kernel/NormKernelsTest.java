package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row normalisations against their formulas, and their adjoints against central differences. */
class NormKernelsTest {
  private static final double STEP = 1e-5;

  private final SplittableRandom random = new SplittableRandom(3);

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void layerNormSiluFollowsItsFormula(Kernels kernels) {
    for (int rows : Shapes.ROWS) {
      for (int width : Shapes.WIDTHS) {
        Layer layer = new Layer(rows, width);
        Placed y = Placed.empty(rows, width, 0);
        Placed statistics = layer.forward(kernels, y);
        y.assertHolds(
            layerNormSilu(layer.x.doubles(), layer.gain.doubles(), layer.shift.doubles()),
            1e-5,
            "layer norm");
        for (int row = 0; row < rows; row++) {
          double[] moments = moments(layer.x.doubles(), row, width);
          assertThat((double) statistics.at(row, 0)).isCloseTo(moments[0], within(1e-6));
          assertThat((double) statistics.at(row, 1))
              .isCloseTo(moments[1], within(1e-5 * moments[1]));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void layerNormSiluAdjointSetsTheInputsDerivativeAndAddsToTheParameters(Kernels kernels) {
    for (int rows : new int[] {1, 2, 5}) {
      for (int width : new int[] {3, 8, 16, 17, 33, 100}) {
        Layer layer = new Layer(rows, width);
        Placed statistics = layer.forward(kernels, Placed.empty(rows, width, 0));
        Placed dy = Placed.random(random, rows, width, 0);
        Placed dx = Placed.empty(rows, width, 0);
        Placed dGain = Placed.row(random, width);
        Placed dShift = Placed.row(random, width);
        double[] x = layer.x.doubles();
        double[] gain = layer.gain.doubles();
        double[] shift = layer.shift.doubles();
        double[] slopes = dy.doubles();
        double[] dxExpected = derivative(x, slopes, v -> layerNormSilu(v, gain, shift));
        double[] dGainExpected =
            plus(dGain, derivative(gain, slopes, v -> layerNormSilu(x, v, shift)));
        double[] dShiftExpected =
            plus(dShift, derivative(shift, slopes, v -> layerNormSilu(x, gain, v)));

        Placed again = Placed.empty(rows, width, 0);
        Placed siluSlopes = Placed.empty(rows, width, 0);
        kernels.layerNormSiluSlopes(
            rows,
            width,
            layer.x.array(),
            layer.x.offset(),
            layer.gain.array(),
            layer.gain.offset(),
            layer.shift.array(),
            layer.shift.offset(),
            statistics.array(),
            statistics.offset(),
            again.array(),
            again.offset(),
            siluSlopes.array(),
            siluSlopes.offset());
        kernels.layerNormAdjoint(
            rows,
            width,
            layer.x.array(),
            layer.x.offset(),
            layer.gain.array(),
            layer.gain.offset(),
            statistics.array(),
            statistics.offset(),
            siluSlopes.array(),
            siluSlopes.offset(),
            dy.array(),
            dy.offset(),
            dx.array(),
            dx.offset(),
            dGain.array(),
            dGain.offset(),
            dShift.array(),
            dShift.offset());

        again.assertHolds(layerNormSilu(x, gain, shift), 1e-5, "layer norm again");
        dx.assertHolds(dxExpected, 2e-5, "dx");
        dGain.assertHolds(dGainExpected, 2e-5, "dGain");
        dShift.assertHolds(dShiftExpected, 2e-5, "dShift");
      }
    }
  }

  @Test
  void vectorsAgreeWithPlainLoopsOnManyRowsAndOnVeryLongOnes() {
    for (int[] size : new int[][] {{100, 100}, {70, 32}, {3, 2100}}) {
      float[][] vector = allAdjoints(new VectorKernels(), size[0], size[1]);
      float[][] plain = allAdjoints(new ScalarKernels(), size[0], size[1]);
      for (int output = 0; output < plain.length; output++) {
        for (int i = 0; i < plain[output].length; i++) {
          assertThat(vector[output][i])
              .as("output %d at %d of %d rows", output, i, size[0])
              .isCloseTo(plain[output][i], within(2e-5f * Math.max(1, Math.abs(plain[output][i]))));
        }
      }
    }
  }

  /** dx, dGain and dShift of the layer norm, dx of SiLU alone, and the layer norm again. */
  private static float[][] allAdjoints(Kernels kernels, int rows, int width) {
    SplittableRandom numbers = new SplittableRandom(rows);
    float[] x = Placed.random(numbers, rows, width, 0).array();
    float[] dy = Placed.random(numbers, rows, width, 0).array();
    float[] gain = Placed.row(numbers, width).array();
    float[] shift = Placed.row(numbers, width).array();
    float[] statistics = new float[2 * rows];
    int n = rows * width;
    float[][] adjoints = {
      new float[n], new float[width], new float[width], new float[n], new float[n]
    };
    kernels.layerNormSilu(rows, width, x, 3, gain, 3, shift, 3, new float[n], 0, statistics, 0);
    float[] slopes = new float[n];
    kernels.layerNormSiluSlopes(
        rows, width, x, 3, gain, 3, shift, 3, statistics, 0, adjoints[4], 0, slopes, 0);
    kernels.layerNormAdjoint(
        rows,
        width,
        x,
        3,
        gain,
        3,
        statistics,
        0,
        slopes,
        0,
        dy,
        3,
        adjoints[0],
        0,
        adjoints[1],
        0,
        adjoints[2],
        0);
    kernels.siluAdjoint(x, 3, dy, 3, adjoints[3], 0, n);
    return adjoints;
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void rowWithANanIsNanAndLeavesTheOthersAlone(Kernels kernels) {
    for (int width : new int[] {3, 16, 33}) {
      Layer layer = new Layer(3, width);
      layer.x.array()[layer.x.offset() + width + width / 2] = Float.NaN;
      Placed y = Placed.empty(3, width, 0);
      layer.forward(kernels, y);
      for (int i = 0; i < 3 * width; i++) {
        assertThat(Float.isNaN(y.at(i))).as("[%d] of width %d", i, width).isEqualTo(i / width == 1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void constantRowsNormalizeToTheShift(Kernels kernels) {
    Layer layer = new Layer(1, 40);
    Arrays.fill(layer.x.array(), layer.x.offset(), layer.x.offset() + 40, 5f);
    Placed y = Placed.empty(1, 40, 0);
    layer.forward(kernels, y);
    double[] expected = layer.shift.doubles();
    Arrays.setAll(expected, i -> expected[i] / (1 + Math.exp(-expected[i])));
    y.assertHolds(expected, 1e-6, "constant row");
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void unitNormDividesByTheLengthAndKeepsZeroRows(Kernels kernels) {
    for (int rows : Shapes.ROWS) {
      for (int width : Shapes.WIDTHS) {
        Placed x = Placed.random(random, rows, width, 0);
        if (rows > 1) {
          Arrays.fill(x.array(), x.offset(), x.offset() + width, 0f);
        }
        Placed y = Placed.empty(rows, width, 0);
        Placed inverse = Placed.empty(rows, 1, 0);
        kernels.unitNorm(
            rows,
            width,
            x.array(),
            x.offset(),
            y.array(),
            y.offset(),
            inverse.array(),
            inverse.offset());
        y.assertHolds(unitNorm(x.doubles(), width), 2e-6, "unit norm");
        for (int row = 0; row < rows; row++) {
          double scaled = inverse.at(row, 0) * (length(x.doubles(), row, width) + 1e-10);
          assertThat(scaled).isCloseTo(1.0, within(2e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void unitNormAdjointIsTheDerivativeAndAdds(Kernels kernels) {
    for (int rows : new int[] {1, 2, 5}) {
      for (int width : new int[] {3, 8, 16, 17, 33, 100}) {
        Placed x = Placed.random(random, rows, width, 0);
        Placed y = Placed.empty(rows, width, 0);
        float[] inverse = new float[rows];
        kernels.unitNorm(rows, width, x.array(), x.offset(), y.array(), y.offset(), inverse, 0);
        Placed dy = Placed.random(random, rows, width, 0);
        Placed dx = Placed.random(random, rows, width, 0);
        double[] expected =
            plus(dx, derivative(x.doubles(), dy.doubles(), v -> unitNorm(v, width)));
        kernels.unitNormAdjoint(
            rows,
            width,
            y.array(),
            y.offset(),
            inverse,
            0,
            dy.array(),
            dy.offset(),
            dx.array(),
            dx.offset());
        dx.assertHolds(expected, 1e-5, "dx");
      }
    }
  }

  private final class Layer {
    private final Placed x;
    private final Placed gain;
    private final Placed shift;

    Layer(int rows, int width) {
      x = Placed.random(random, rows, width, 0);
      gain = Placed.row(random, width);
      shift = Placed.row(random, width);
    }

    Placed forward(Kernels kernels, Placed y) {
      Placed statistics = Placed.empty(x.rows(), 2, 0);
      kernels.layerNormSilu(
          x.rows(),
          x.width(),
          x.array(),
          x.offset(),
          gain.array(),
          gain.offset(),
          shift.array(),
          shift.offset(),
          y.array(),
          y.offset(),
          statistics.array(),
          statistics.offset());
      return statistics;
    }
  }

  private static double[] layerNormSilu(double[] x, double[] gain, double[] shift) {
    int width = gain.length;
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      double[] moments = moments(x, i / width, width);
      int j = i % width;
      double z = gain[j] * (x[i] - moments[0]) * moments[1] + shift[j];
      y[i] = z / (1 + Math.exp(-z));
    }
    return y;
  }

  /** Mean and 1/√(variance + 1e-5) of a row. */
  private static double[] moments(double[] x, int row, int width) {
    double mean = 0;
    for (int j = 0; j < width; j++) {
      mean += x[row * width + j] / width;
    }
    double variance = 0;
    for (int j = 0; j < width; j++) {
      variance += Math.pow(x[row * width + j] - mean, 2) / width;
    }
    return new double[] {mean, 1 / Math.sqrt(variance + 1e-5)};
  }

  private static double[] unitNorm(double[] x, int width) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] / (length(x, i / width, width) + 1e-10);
    }
    return y;
  }

  private static double length(double[] x, int row, int width) {
    double squares = 0;
    for (int j = 0; j < width; j++) {
      squares += x[row * width + j] * x[row * width + j];
    }
    return Math.sqrt(squares);
  }

  /** d⟨slopes, f(x)⟩/dx by central differences. */
  private static double[] derivative(double[] x, double[] slopes, UnaryOperator<double[]> f) {
    double[] derivative = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double[] above = x.clone();
      double[] below = x.clone();
      above[i] += STEP;
      below[i] -= STEP;
      double[] high = f.apply(above);
      double[] low = f.apply(below);
      for (int j = 0; j < high.length; j++) {
        derivative[i] += slopes[j] * (high[j] - low[j]) / (2 * STEP);
      }
    }
    return derivative;
  }

  private static double[] plus(Placed before, double[] added) {
    double[] sum = before.doubles();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += added[i];
    }
    return sum;
  }
}
