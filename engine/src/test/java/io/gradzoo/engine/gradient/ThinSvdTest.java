package io.gradzoo.engine.gradient;

import static io.gradzoo.engine.network.Vectors.gaussian;
import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThinSvdTest {

  @ParameterizedTest
  @CsvSource({"16, 144, 16", "144, 16, 16", "9, 9, 9", "12, 20, 3", "20, 12, 3", "7, 1, 1"})
  void theProductOfTheFactorsIsTheMatrixAndTheyAreOrthonormal(int rows, int columns, int rank) {
    double[] a = toDouble(gaussian(rows * rank, 1, 1));
    double[] b = toDouble(gaussian(rank * columns, 1, 2));
    double[] matrix = product(a, b, rows, rank, columns);

    ThinSvd svd = ThinSvd.of(matrix, rows, columns);

    assertThat(svd.rank()).isEqualTo(rank);
    assertThat(svd.values()).isSortedAccordingTo((x, y) -> Double.compare(y, x));
    double[] again = new double[rows * columns];
    for (int k = 0; k < rank; k++) {
      for (int i = 0; i < rows * columns; i++) {
        again[i] +=
            svd.values()[k]
                * svd.left()[k * rows + i / columns]
                * svd.right()[k * columns + i % columns];
      }
    }
    assertThat(relativeDistance(again, matrix)).isLessThan(1e-12);
    assertOrthonormal(svd.left(), rank, rows);
    assertOrthonormal(svd.right(), rank, columns);
  }

  @Test
  void knownSingularValuesAreFound() {
    // [[3, 0], [4, 5]] has singular values √45 and √5.
    ThinSvd svd = ThinSvd.of(new double[] {3, 0, 4, 5}, 2, 2);
    assertThat(svd.values()[0]).isCloseTo(Math.sqrt(45), within(1e-14));
    assertThat(svd.values()[1]).isCloseTo(Math.sqrt(5), within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-100, 1e-20, 1e20, 1e100})
  void theRankIsThatOfTheMatrixAtAnyScale(double scale) {
    double[] a = toDouble(gaussian(12 * 3, 1, 1));
    double[] b = toDouble(gaussian(3 * 9, 1, 2));
    double[] matrix = product(a, b, 12, 3, 9);
    double largest = ThinSvd.of(matrix, 12, 9).values()[0];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] *= scale;
    }

    ThinSvd scaled = ThinSvd.of(matrix, 12, 9);

    assertThat(scaled.rank()).isEqualTo(3);
    assertThat(scaled.values()[0] / scale).isCloseTo(largest, within(1e-12 * largest));
  }

  @Test
  void aZeroMatrixHasRankZero() {
    assertThat(ThinSvd.of(new double[12], 3, 4).rank()).isZero();
  }

  private static void assertOrthonormal(double[] vectors, int count, int length) {
    for (int k = 0; k < count; k++) {
      for (int l = 0; l <= k; l++) {
        double dot = 0;
        for (int i = 0; i < length; i++) {
          dot += vectors[k * length + i] * vectors[l * length + i];
        }
        assertThat(dot).isCloseTo(k == l ? 1 : 0, within(1e-11));
      }
    }
  }

  private static double[] product(double[] a, double[] b, int rows, int depth, int columns) {
    double[] c = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int p = 0; p < depth; p++) {
        for (int j = 0; j < columns; j++) {
          c[i * columns + j] += a[i * depth + p] * b[p * columns + j];
        }
      }
    }
    return c;
  }
}
