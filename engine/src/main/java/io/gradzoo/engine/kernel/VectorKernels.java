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
  public void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    VectorGemm.run(m, n, k, a, ao, lda, 1, b, bo, ldb, VectorGemm.ZEROS, 0, 0, c, co, ldc);
  }

  @Override
  public void multiplyAdd(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    VectorGemm.run(m, n, k, a, ao, lda, 1, b, bo, ldb, c, co, ldc, c, co, ldc);
  }

  @Override
  public void affine(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] bias,
      int biasOffset,
      float[] c,
      int co,
      int ldc) {
    VectorGemm.run(m, n, k, a, ao, lda, 1, b, bo, ldb, bias, biasOffset, 0, c, co, ldc);
  }

  @Override
  public void transposedMultiplyAdd(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    VectorGemm.run(m, n, k, a, ao, 1, lda, b, bo, ldb, c, co, ldc, c, co, ldc);
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
      for (int i = 0; i < rows; i++) {
        y[yo + j * ldy + i] = a[ao + i * lda + j];
      }
    }
  }
}
