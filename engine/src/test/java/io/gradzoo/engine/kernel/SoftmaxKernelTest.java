package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SoftmaxKernelTest {
  private static final int[] ROWS = {1, 2, 4, 5, 6, 9, 128};

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void columnsAreTheirSoftmax(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(1);
    for (int rows : ROWS) {
      for (int width : Shapes.WIDTHS) {
        Placed x = Placed.random(random, rows, width, 0);
        for (int i = x.offset(); i < x.offset() + rows * width; i++) {
          x.array()[i] *= 10f;
        }
        double[] expected = softmax(x.doubles(), rows, width);
        kernels.softmaxColumns(rows, width, x.array(), x.offset());
        x.assertHolds(expected, 1e-6, "softmax");
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
    kernels.softmaxColumns(3, 2, x, 0);
    kernels.softmaxColumns(3, 2, shifted, 0);
    assertThat(shifted).isEqualTo(x);
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void hopelessEntriesGetNothingAndNaNSpreadsOverItsColumn(Kernels kernels) {
    float[] x = new float[3 * 17];
    x[0] = 1000f;
    x[1] = Float.NaN;
    x[16] = Float.NaN;
    kernels.softmaxColumns(3, 17, x, 0);
    assertThat(new float[] {x[0], x[17], x[34]}).containsExactly(1f, 0f, 0f);
    assertThat(new float[] {x[1], x[18], x[35], x[16], x[33], x[50]}).containsOnly(Float.NaN);
    assertThat(x[2]).isEqualTo(1f / 3f);
  }

  private static double[] softmax(double[] x, int rows, int width) {
    double[] y = new double[x.length];
    for (int column = 0; column < width; column++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int row = 0; row < rows; row++) {
        largest = Math.max(largest, x[row * width + column]);
      }
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        y[row * width + column] = StrictMath.exp(x[row * width + column] - largest);
        sum += y[row * width + column];
      }
      for (int row = 0; row < rows; row++) {
        y[row * width + column] /= sum;
      }
    }
    return y;
  }
}
