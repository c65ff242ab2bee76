package io.gradzoo.engine.kernel;

import java.util.Arrays;

/**
 * Dense products out of {@link GemmBlocks}: cuts rows, columns and depth so that what a block reads
 * is still in the cache when the next block reads it again.
 *
 * <p>C[i, j] = start[i, j] + Σₚ A(i, p) · B[p, j], with A(i, p) at {@code ao + i · rowStep + p ·
 * depthStep}. A block of depth continues from C, which holds the sum so far exactly: the cuts leave
 * no trace in the result.
 */
final class VectorGemm {
  private static final int L = Lanes.COUNT;

  /** Vectors in the widest block: four where there are 32 registers, two where there are 16. */
  private static final int WIDEST = L >= 16 ? 4 : 2;

  /** [DEPTH, WIDEST · L] of B is what the first-level cache keeps. */
  private static final int DEPTH = ColumnPanel.DEPTH;

  /** Rows from which on a copy of B's columns is paid back. */
  private static final int PANEL_ROWS = 8 * GemmBlocks.ROWS;

  /** [ROWS, DEPTH] of A is what the second-level cache keeps. */
  private static final int ROWS = 32 * GemmBlocks.ROWS;

  /** What a block reads in place of a start that is not there, at offset 0. */
  private static final float[] ZEROS = new float[WIDEST * L];

  private static final ThreadLocal<float[]> NARROW =
      ThreadLocal.withInitial(() -> new float[(DEPTH + ROWS) * L]);

  private VectorGemm() {}

  /**
   * @param start what C's row i begins from, at {@code so + i · lds}; may be {@code c}; null for
   *     zeros, with offset and step 0
   */
  static void run(
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
    float[] from = start == null ? ZEROS : start;
    int fo = so;
    int ldf = lds;
    int p = 0;
    do {
      int depth = Math.min(DEPTH, k - p);
      for (int i = 0; i < m; i += ROWS) {
        int rows = Math.min(ROWS, m - i);
        int ai = ao + i * rowStep + p * depthStep;
        int bp = bo + p * ldb;
        int fi = fo + i * ldf;
        int ci = co + i * ldc;
        if (n < L) {
          narrow(rows, n, depth, a, ai, rowStep, depthStep, b, bp, ldb, from, fi, ldf, c, ci, ldc);
        } else {
          wide(rows, n, depth, a, ai, rowStep, depthStep, b, bp, ldb, from, fi, ldf, c, ci, ldc);
        }
      }
      from = c;
      fo = co;
      ldf = ldc;
      p += depth;
    } while (p < k);
  }

  /**
   * Cuts n ≥ L columns into blocks; the last vector of the last block may overlap its neighbour.
   */
  private static void wide(
      int rows,
      int n,
      int depth,
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
    int j = 0;
    while (j < n) {
      int vectors = blockVectors(n - j);
      int sj = start == ZEROS ? 0 : so + j;
      if (vectors == 1) {
        oneVector(
            rows, depth, a, ao, rowStep, depthStep, b, bo + j, ldb, start, sj, lds, c, co + j, ldc);
        j += L;
        continue;
      }
      float[] columns = b;
      int bj = bo + j;
      int step = ldb;
      if (vectors == 4 && rows >= PANEL_ROWS) {
        columns = ColumnPanel.of(depth, b, bj, ldb);
        bj = ColumnPanel.START;
        step = ColumnPanel.WIDTH;
      }
      int whole =
          vectors == 2 && n - j >= 2 * L
              ? wholeBlocks(
                  rows, depth, a, ao, rowStep, depthStep, b, bj, ldb, start, sj, lds, c, co + j,
                  ldc)
              : 0;
      for (int i = whole; i < rows; i += GemmBlocks.ROWS) {
        int r = Math.min(GemmBlocks.ROWS, rows - i);
        int ai = ao + i * rowStep;
        int si = sj + i * lds;
        int ci = co + j + i * ldc;
        switch (vectors) {
          case 4 -> {
            if (depthStep == 1) {
              GemmBlocks.fourVectorsOfRows(
                  r, depth, a, ai, rowStep, columns, bj, step, start, si, lds, c, ci, ldc);
            } else {
              GemmBlocks.fourVectors(
                  r, depth, a, ai, rowStep, depthStep, columns, bj, step, start, si, lds, c, ci,
                  ldc);
            }
          }
          default ->
              GemmBlocks.twoVectors(
                  r,
                  depth,
                  a,
                  ai,
                  rowStep,
                  depthStep,
                  b,
                  bj,
                  ldb,
                  start,
                  si,
                  lds,
                  c,
                  ci,
                  ldc,
                  Math.min(L, n - j - L));
        }
      }
      j += vectors * L;
    }
  }

  /**
   * Two whole vectors of columns in blocks of as many rows as registers are for, where C2 needs no
   * table of A's rows.
   *
   * @return rows that are done
   */
  private static int wholeBlocks(
      int rows,
      int depth,
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
    if (WIDEST < 4 || (depthStep != 1 && rowStep != 1)) {
      return 0;
    }
    int i = 0;
    for (; i + GemmBlocks.WHOLE <= rows; i += GemmBlocks.WHOLE) {
      int ai = ao + i * rowStep;
      int si = so + i * lds;
      int ci = co + i * ldc;
      if (depthStep == 1) {
        GemmBlocks.wholeOfRows(depth, a, ai, rowStep, b, bo, ldb, start, si, lds, c, ci, ldc);
      } else {
        GemmBlocks.wholeOfColumns(depth, a, ai, depthStep, b, bo, ldb, start, si, lds, c, ci, ldc);
      }
    }
    return i;
  }

  /**
   * The vectors of the next block when {@code columns} are left. A ragged rest of less than one
   * vector overlaps its neighbour in a block of two, since what other blocks have written already
   * holds sums.
   */
  private static int blockVectors(int columns) {
    int whole = columns / L;
    if (columns % L == 0) {
      return whole >= WIDEST ? WIDEST : Math.min(whole, 2);
    }
    return whole > WIDEST ? WIDEST : whole % 2 == 0 ? 1 : 2;
  }

  /**
   * Fewer columns than lanes, on a copy of C that is one vector wide. Vectors of B reach into its
   * next rows, which only adds to lanes that are dropped; its last rows, where that would leave the
   * array, are copied too.
   */
  private static void narrow(
      int rows,
      int n,
      int depth,
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
    float[] padded = NARROW.get();
    Arrays.fill(padded, 0, rows * L, 0f);
    if (start != ZEROS) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(start, so + i * lds, padded, i * L, n);
      }
    }
    int reaching = bo + L > b.length ? 0 : Math.min(depth, (b.length - L - bo) / ldb + 1);
    oneVector(rows, reaching, a, ao, rowStep, depthStep, b, bo, ldb, padded, 0, L, padded, 0, L);
    int left = depth - reaching;
    if (left > 0) {
      int copy = ROWS * L;
      for (int p = 0; p < left; p++) {
        System.arraycopy(b, bo + (reaching + p) * ldb, padded, copy + p * L, n);
      }
      int at = ao + reaching * depthStep;
      oneVector(rows, left, a, at, rowStep, depthStep, padded, copy, L, padded, 0, L, padded, 0, L);
    }
    for (int i = 0; i < rows; i++) {
      System.arraycopy(padded, i * L, c, co + i * ldc, n);
    }
  }

  /** One vector of columns, in tall blocks while there are enough rows. */
  private static void oneVector(
      int rows,
      int depth,
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
    int i = 0;
    for (; rows - i > GemmBlocks.ROWS; i += GemmBlocks.TALL) {
      int r = Math.min(GemmBlocks.TALL, rows - i);
      int ai = ao + i * rowStep;
      int si = so + i * lds;
      int ci = co + i * ldc;
      GemmBlocks.tall(r, depth, a, ai, rowStep, depthStep, b, bo, ldb, start, si, lds, c, ci, ldc);
    }
    if (i < rows) {
      int ai = ao + i * rowStep;
      int si = so + i * lds;
      int ci = co + i * ldc;
      GemmBlocks.oneVector(
          rows - i, depth, a, ai, rowStep, depthStep, b, bo, ldb, start, si, lds, c, ci, ldc);
    }
  }
}
