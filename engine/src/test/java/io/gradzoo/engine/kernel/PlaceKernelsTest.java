package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.Vectors;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The products at places against sums in double precision; what they must not write is NaN. */
class PlaceKernelsTest {
  private static final int LANES = Kernels.LANES;
  private static final int[] ROWS = {0, 1, 3, 7, 8, 9, 16, 20};
  private static final int[] COLUMNS = {1, 2, 3, 4, 8, 18};
  private static final int[] PLACES = {1, 2, 3, 4, 7, 9};
  private static final int[] DEPTHS = {0, 1, 2, 9, 48};

  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernelsOfProducts")
  void productsAtPlacesReadTheRowsOfTheirTables(Kernels kernels) {
    for (int m : ROWS) {
      for (int places : PLACES) {
        for (int k : DEPTHS) {
          checkProducts(kernels, m, places, k);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernelsOfProducts")
  void outerProductsAreSummedOverPlacesSampleBySample(Kernels kernels) {
    for (int m : ROWS) {
      for (int columns : COLUMNS) {
        for (int places : DEPTHS) {
          checkOuterProducts(kernels, m, columns, places);
        }
      }
    }
  }

  private void checkProducts(Kernels kernels, int m, int places, int k) {
    float[] a = gaussian(3 + (k + 2) * (m + 1));
    float[] b = gaussian(400 * LANES);
    float[] start = gaussian(2 + m);
    int[] matrixRows = random.ints(k, 0, k + 2).map(row -> row * (m + 1)).toArray();
    int[] from = random.ints(places, 0, 2000).toArray();
    int[] rows = random.ints(k, 0, 4000).toArray();
    int[] to = distinct(places, m * LANES + 5);
    float[] c = new float[4 + (places + 2) * (m * LANES + 5)];
    Arrays.fill(c, Float.NaN);
    double[] expected = Vectors.toDouble(c);
    double[] bounds = new double[c.length];
    for (int q = 0; q < places; q++) {
      for (int i = 0; i < m * LANES; i++) {
        int row = i / LANES;
        double sum = start[2 + row];
        double magnitude = Math.abs(sum);
        for (int p = 0; p < k; p++) {
          double term = (double) a[3 + matrixRows[p] + row] * b[7 + from[q] + rows[p] + i % LANES];
          sum += term;
          magnitude += Math.abs(term);
        }
        expected[4 + to[q] + i] = sum;
        bounds[4 + to[q] + i] = 1e-6 * magnitude;
      }
    }
    kernels.multiplyAtPlaces(
        m, places * LANES, k, a, 3, matrixRows, b, 7, from, rows, start, 2, c, 4, to);
    assertHolds(c, expected, bounds, m + " rows, " + places + " places, depth " + k);
  }

  private void checkOuterProducts(Kernels kernels, int m, int columns, int places) {
    float[] a = gaussian(300 * LANES);
    float[] b = gaussian(400 * LANES);
    int[] aPlaces = random.ints(places, 0, 4000).toArray();
    int[] bPlaces = random.ints(places, 0, 2000).toArray();
    int[] at = random.ints(columns, 0, 4000).toArray();
    float[] y = new float[5 + m * columns * LANES + 7];
    Arrays.fill(y, Float.NaN);
    double[] expected = Vectors.toDouble(y);
    double[] bounds = new double[y.length];
    for (int i = 0; i < m * columns * LANES; i++) {
      int row = i / (columns * LANES);
      int column = i / LANES % columns;
      double sum = 0;
      double magnitude = 0;
      for (int q = 0; q < places; q++) {
        double term =
            (double) a[2 + aPlaces[q] + row * LANES + i % LANES]
                * b[9 + bPlaces[q] + at[column] + i % LANES];
        sum += term;
        magnitude += Math.abs(term);
      }
      expected[5 + i] = sum;
      bounds[5 + i] = 1e-6 * magnitude;
    }
    kernels.outerProducts(m, columns * LANES, places, a, 2, aPlaces, b, 9, bPlaces, at, y, 5);
    assertHolds(y, expected, bounds, m + " rows, " + columns + " columns, " + places + " places");
  }

  /** Places of the given size in random order, with gaps. */
  private int[] distinct(int places, int size) {
    int[] order = new int[places];
    for (int i = 0; i < places; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i * size + random.nextInt(4);
    }
    return order;
  }

  private float[] gaussian(int n) {
    return Vectors.gaussian(n, 1, random.nextLong());
  }

  private static void assertHolds(float[] found, double[] expected, double[] bounds, String what) {
    for (int i = 0; i < found.length; i++) {
      boolean holds =
          Double.isNaN(expected[i])
              ? Float.isNaN(found[i])
              : Math.abs(found[i] - expected[i]) <= bounds[i];
      if (!holds) {
        assertThat((double) found[i]).as("%s: number %d", what, i).isEqualTo(expected[i]);
      }
    }
  }
}
