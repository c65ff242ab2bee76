package io.gradzoo.engine.kernel;

/** All kernels on vectors: the products here, the rest inherited family by family. */
final class VectorKernels extends VectorSoftmax {
  /** Side of the square that {@link #transpose} moves at a time. */
  private static final int TILE = 16;

  /** Whether this machine's vectors are of a width that these kernels are written for. */
  static boolean fit() {
    return Lanes.COUNT >= 4 && Lanes.COUNT <= 16;
  }

  @Override
  public String name() {
    return "vector-" + Lanes.SPECIES.vectorBitSize();
  }

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
    VectorGemm.run(m, n, k, a, ao, rowStep, depthStep, b, bo, ldb, start, so, lds, c, co, ldc);
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
    PlaceProducts.run(m, n, k, a, ao, matrixRows, b, bo, from, rows, start, so, c, co, to);
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
    OuterProducts.run(m, n, k, a, ao, aPlaces, b, bo, bPlaces, columns, y, yo);
  }

  @Override
  public void transpose(
      int rows, int columns, float[] a, int ao, int lda, float[] y, int yo, int ldy) {
    for (int i = 0; i < rows; i += TILE) {
      int height = Math.min(TILE, rows - i);
      for (int j = 0; j < columns; j += TILE) {
        int width = Math.min(TILE, columns - j);
        transposeTile(height, width, a, ao + i * lda + j, lda, y, yo + j * ldy + i, ldy);
      }
    }
  }

  private static void transposeTile(
      int rows, int columns, float[] a, int ao, int lda, float[] y, int yo, int ldy) {
    for (int j = 0; j < columns; j++) {
      if (rows == TILE) {
        gatherColumn(a, ao + j, lda, y, yo + j * ldy);
        continue;
      }
      for (int i = 0; i < rows; i++) {
        y[yo + j * ldy + i] = a[ao + i * lda + j];
      }
    }
  }

  /** A whole column of a tile, written out: a loop of sixteen costs three times as much. */
  private static void gatherColumn(float[] a, int ao, int lda, float[] y, int yo) {
    y[yo] = a[ao];
    y[yo + 1] = a[ao + lda];
    y[yo + 2] = a[ao + 2 * lda];
    y[yo + 3] = a[ao + 3 * lda];
    y[yo + 4] = a[ao + 4 * lda];
    y[yo + 5] = a[ao + 5 * lda];
    y[yo + 6] = a[ao + 6 * lda];
    y[yo + 7] = a[ao + 7 * lda];
    y[yo + 8] = a[ao + 8 * lda];
    y[yo + 9] = a[ao + 9 * lda];
    y[yo + 10] = a[ao + 10 * lda];
    y[yo + 11] = a[ao + 11 * lda];
    y[yo + 12] = a[ao + 12 * lda];
    y[yo + 13] = a[ao + 13 * lda];
    y[yo + 14] = a[ao + 14 * lda];
    y[yo + 15] = a[ao + 15 * lda];
  }
}
