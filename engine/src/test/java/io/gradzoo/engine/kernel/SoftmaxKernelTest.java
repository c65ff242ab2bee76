package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SoftmaxKernelTest {
  private static final int[] ROWS = {1, 2, 4, 5, 6, 9, 128};

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void columnsAreTheirExponentialsAndSumsSayWhatTheSoftmaxIs(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(1);
    for (int rows : ROWS) {
      for (int width : Shapes.WIDTHS) {
        Placed x = Placed.random(random, rows, width, 0);
        for (int i = x.offset(); i < x.offset() + rows * width; i++) {
          x.array()[i] *= 10f;
        }
        double[] before = x.doubles();
        float[] sums = columns(kernels, rows, width, x);
        x.assertHolds(exponentials(before, sums, rows, width), 1e-6, "exponentials");
        assertSums(before, sums, rows, width);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void aConstantAddedToAColumnChangesNothing(Kernels kernels) {
    float[] x = {1, 2, -1, 0, 3, 0.5f};
    float[] shifted = new float[6];
    for (int i = 0; i < 6; i++) {
      shifted[i] = x[i] + 1024f;
    }
    kernels.exponentialColumns(3, 2, x, 0, new float[2], 0, new float[2], 0);
    kernels.exponentialColumns(3, 2, shifted, 0, new float[2], 0, new float[2], 0);
    assertThat(shifted).isEqualTo(x);
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void hopelessEntriesGetNothingAndNaNSpreadsOverItsColumn(Kernels kernels) {
    float[] x = new float[3 * 17];
    x[0] = 1000f;
    x[1] = Float.NaN;
    x[16] = Float.NaN;
    float[] inverses = new float[17];
    kernels.exponentialColumns(3, 17, x, 0, new float[17], 0, inverses, 0);
    float[] softmax = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      softmax[i] = x[i] * inverses[i % 17];
    }
    assertThat(new float[] {softmax[0], softmax[17], softmax[34]}).containsExactly(1f, 0f, 0f);
    assertThat(new float[] {softmax[1], softmax[18], softmax[35]}).containsOnly(Float.NaN);
    assertThat(new float[] {softmax[16], softmax[33], softmax[50]}).containsOnly(Float.NaN);
    assertThat(softmax[2]).isEqualTo(1f / 3f);
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void exponentialsMultiplyWhatTheyMeet(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(2);
    for (int n : Shapes.WIDTHS) {
      Placed x = Placed.row(random, n);
      Placed y = Placed.row(random, n);
      double[] exponentials = new double[n];
      double[] products = new double[n];
      for (int i = 0; i < n; i++) {
        int at = x.offset() + i;
        x.array()[at] = i % 5 == 0 ? 1e-6f * x.array()[at] : -20f * Math.abs(x.array()[at]);
        exponentials[i] = StrictMath.exp(x.array()[at]);
        products[i] = exponentials[i] * y.at(i);
      }
      kernels.exponentialAndProduct(x.array(), x.offset(), y.array(), y.offset(), n);
      x.assertHolds(exponentials, 2e-7, "exponentials");
      y.assertHolds(products, 3e-7, "products");
    }
  }

  /** −largest and one over the sum of every column, [2, width]. */
  private static float[] columns(Kernels kernels, int rows, int width, Placed x) {
    float[] sums = new float[2 * width];
    kernels.exponentialColumns(rows, width, x.array(), x.offset(), sums, 0, sums, width);
    return sums;
  }

  private static double[] exponentials(double[] x, float[] sums, int rows, int width) {
    double[] y = new double[x.length];
    for (int i = 0; i < rows * width; i++) {
      y[i] = StrictMath.exp(x[i] + sums[i % width]);
    }
    return y;
  }

  private static void assertSums(double[] x, float[] sums, int rows, int width) {
    for (int column = 0; column < width; column++) {
      double largest = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        largest = Math.max(largest, x[row * width + column]);
      }
      for (int row = 0; row < rows; row++) {
        sum += StrictMath.exp(x[row * width + column] - largest);
      }
      assertThat((double) sums[column]).isEqualTo(-largest);
      assertThat(sums[width + column] * sum).isCloseTo(1, within(1e-6));
    }
  }
}
