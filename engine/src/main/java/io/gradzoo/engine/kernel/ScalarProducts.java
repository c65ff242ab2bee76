package io.gradzoo.engine.kernel;

import java.util.Arrays;

/** Products and transposition in plain loops. */
abstract class ScalarProducts implements Kernels {
  @Override
  public void gemm(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int rowStep,
      int depthStep,
      float[] b,
      int bo,
      int ldb,
      float[] start,
      int so,
      int lds,
      float[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; i++) {
      int row = co + i * ldc;
      begin(start, so + i * lds, c, row, n);
      for (int p = 0; p < k; p++) {
        addScaled(a[ao + i * rowStep + p * depthStep], b, bo + p * ldb, c, row, n);
      }
    }
  }

  /** A row of sums: zeros where there is no start. */
  static void begin(float[] start, int so, float[] c, int co, int n) {
    if (start == null) {
      Arrays.fill(c, co, co + n, 0f);
    } else {
      System.arraycopy(start, so, c, co, n);
    }
  }

  @Override
  public void transpose(
      int rows, int columns, float[] a, int ao, int lda, float[] y, int yo, int ldy) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        y[yo + j * ldy + i] = a[ao + i * lda + j];
      }
    }
  }

  @Override
  public void multiplyAtPlaces(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int[] matrixRows,
      float[] b,
      int bo,
      int[] from,
      int[] rows,
      float[] start,
      int so,
      float[] c,
      int co,
      int[] to) {
    for (int q = 0; q < n / LANES; q++) {
      for (int i = 0; i < m; i++) {
        int at = co + to[q] + i * LANES;
        Arrays.fill(c, at, at + LANES, start[so + i]);
      }
      for (int p = 0; p < k; p++) {
        int row = bo + from[q] + rows[p];
        for (int i = 0; i < m; i++) {
          addScaled(a[ao + matrixRows[p] + i], b, row, c, co + to[q] + i * LANES, LANES);
        }
      }
    }
  }

  @Override
  public void outerProducts(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int[] aPlaces,
      float[] b,
      int bo,
      int[] bPlaces,
      int[] columns,
      float[] y,
      int yo) {
    Arrays.fill(y, yo, yo + m * n, 0f);
    for (int q = 0; q < k; q++) {
      for (int i = 0; i < m; i++) {
        int row = ao + aPlaces[q] + i * LANES;
        for (int j = 0; j < n / LANES; j++) {
          int column = bo + bPlaces[q] + columns[j];
          addProduct(a, row, b, column, y, yo + i * n + j * LANES, LANES);
        }
      }
    }
  }
}
