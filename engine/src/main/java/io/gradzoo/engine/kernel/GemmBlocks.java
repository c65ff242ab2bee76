package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost products: a block of C stays in registers while the whole depth passes by.
 *
 * <p>C[r, j] = start[r, j] + Σₚ A(r, p) · B[p, j], each sum in the order of p with one rounding per
 * term, so a result does not depend on which block computes it. A(r, p) lies at {@code ao + r ·
 * rowStep + p · depthStep}, which covers A and Aᵀ. Rows past the last repeat it, and the second of
 * two vectors may overlap the first. Both write the same bits twice: every start is read before any
 * result is written, so {@code start} may be {@code c}.
 *
 * <p>Vectors are local variables throughout: they must not cross a call that may not be inlined. So
 * the blocks repeat each other; {@code GemmBlocksTest} writes this file ({@code GemmBlocksSource}).
 */
final class GemmBlocks {
  /** Rows of a block, but of a tall one. */
  static final int ROWS = 6;

  /** Rows of a block of one vector: with fewer, its products would wait for their own sums. */
  static final int TALL = 12;

  /** Rows of a whole block of two vectors. */
  static final int WHOLE = 8;

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private GemmBlocks() {}

  /** Four adjacent vectors. */
  static void fourVectors(
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
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int r5 = rows - 1;
    FloatVector c00 = FloatVector.fromArray(S, start, so);
    FloatVector c01 = FloatVector.fromArray(S, start, so + L);
    FloatVector c02 = FloatVector.fromArray(S, start, so + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, start, so + 3 * L);
    FloatVector c10 = FloatVector.fromArray(S, start, so + r1 * lds);
    FloatVector c11 = FloatVector.fromArray(S, start, so + r1 * lds + L);
    FloatVector c12 = FloatVector.fromArray(S, start, so + r1 * lds + 2 * L);
    FloatVector c13 = FloatVector.fromArray(S, start, so + r1 * lds + 3 * L);
    FloatVector c20 = FloatVector.fromArray(S, start, so + r2 * lds);
    FloatVector c21 = FloatVector.fromArray(S, start, so + r2 * lds + L);
    FloatVector c22 = FloatVector.fromArray(S, start, so + r2 * lds + 2 * L);
    FloatVector c23 = FloatVector.fromArray(S, start, so + r2 * lds + 3 * L);
    FloatVector c30 = FloatVector.fromArray(S, start, so + r3 * lds);
    FloatVector c31 = FloatVector.fromArray(S, start, so + r3 * lds + L);
    FloatVector c32 = FloatVector.fromArray(S, start, so + r3 * lds + 2 * L);
    FloatVector c33 = FloatVector.fromArray(S, start, so + r3 * lds + 3 * L);
    FloatVector c40 = FloatVector.fromArray(S, start, so + r4 * lds);
    FloatVector c41 = FloatVector.fromArray(S, start, so + r4 * lds + L);
    FloatVector c42 = FloatVector.fromArray(S, start, so + r4 * lds + 2 * L);
    FloatVector c43 = FloatVector.fromArray(S, start, so + r4 * lds + 3 * L);
    FloatVector c50 = FloatVector.fromArray(S, start, so + r5 * lds);
    FloatVector c51 = FloatVector.fromArray(S, start, so + r5 * lds + L);
    FloatVector c52 = FloatVector.fromArray(S, start, so + r5 * lds + 2 * L);
    FloatVector c53 = FloatVector.fromArray(S, start, so + r5 * lds + 3 * L);
    int a1 = r1 * rowStep;
    int a2 = r2 * rowStep;
    int a3 = r3 * rowStep;
    int a4 = r4 * rowStep;
    int a5 = r5 * rowStep;
    int ap = ao;
    int bp = bo;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, bp + 3 * L);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[ap + a1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[ap + a2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[ap + a3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(S, a[ap + a4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = FloatVector.broadcast(S, a[ap + a5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
      ap += depthStep;
      bp += ldb;
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c02.intoArray(c, co + 2 * L);
    c03.intoArray(c, co + 3 * L);
    c10.intoArray(c, co + r1 * ldc);
    c11.intoArray(c, co + r1 * ldc + L);
    c12.intoArray(c, co + r1 * ldc + 2 * L);
    c13.intoArray(c, co + r1 * ldc + 3 * L);
    c20.intoArray(c, co + r2 * ldc);
    c21.intoArray(c, co + r2 * ldc + L);
    c22.intoArray(c, co + r2 * ldc + 2 * L);
    c23.intoArray(c, co + r2 * ldc + 3 * L);
    c30.intoArray(c, co + r3 * ldc);
    c31.intoArray(c, co + r3 * ldc + L);
    c32.intoArray(c, co + r3 * ldc + 2 * L);
    c33.intoArray(c, co + r3 * ldc + 3 * L);
    c40.intoArray(c, co + r4 * ldc);
    c41.intoArray(c, co + r4 * ldc + L);
    c42.intoArray(c, co + r4 * ldc + 2 * L);
    c43.intoArray(c, co + r4 * ldc + 3 * L);
    c50.intoArray(c, co + r5 * ldc);
    c51.intoArray(c, co + r5 * ldc + L);
    c52.intoArray(c, co + r5 * ldc + 2 * L);
    c53.intoArray(c, co + r5 * ldc + 3 * L);
  }

  /**
   * Four adjacent vectors, where the numbers of a row of A are adjacent: C2 checks the bounds of
   * every row once, before the loop, and its general registers suffice. Otherwise it keeps indices
   * in vector registers, in some runs, and a product is slower by a third.
   */
  static void fourVectorsOfRows(
      int rows,
      int depth,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] start,
      int so,
      int lds,
      float[] c,
      int co,
      int ldc) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int r5 = rows - 1;
    FloatVector c00 = FloatVector.fromArray(S, start, so);
    FloatVector c01 = FloatVector.fromArray(S, start, so + L);
    FloatVector c02 = FloatVector.fromArray(S, start, so + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, start, so + 3 * L);
    FloatVector c10 = FloatVector.fromArray(S, start, so + r1 * lds);
    FloatVector c11 = FloatVector.fromArray(S, start, so + r1 * lds + L);
    FloatVector c12 = FloatVector.fromArray(S, start, so + r1 * lds + 2 * L);
    FloatVector c13 = FloatVector.fromArray(S, start, so + r1 * lds + 3 * L);
    FloatVector c20 = FloatVector.fromArray(S, start, so + r2 * lds);
    FloatVector c21 = FloatVector.fromArray(S, start, so + r2 * lds + L);
    FloatVector c22 = FloatVector.fromArray(S, start, so + r2 * lds + 2 * L);
    FloatVector c23 = FloatVector.fromArray(S, start, so + r2 * lds + 3 * L);
    FloatVector c30 = FloatVector.fromArray(S, start, so + r3 * lds);
    FloatVector c31 = FloatVector.fromArray(S, start, so + r3 * lds + L);
    FloatVector c32 = FloatVector.fromArray(S, start, so + r3 * lds + 2 * L);
    FloatVector c33 = FloatVector.fromArray(S, start, so + r3 * lds + 3 * L);
    FloatVector c40 = FloatVector.fromArray(S, start, so + r4 * lds);
    FloatVector c41 = FloatVector.fromArray(S, start, so + r4 * lds + L);
    FloatVector c42 = FloatVector.fromArray(S, start, so + r4 * lds + 2 * L);
    FloatVector c43 = FloatVector.fromArray(S, start, so + r4 * lds + 3 * L);
    FloatVector c50 = FloatVector.fromArray(S, start, so + r5 * lds);
    FloatVector c51 = FloatVector.fromArray(S, start, so + r5 * lds + L);
    FloatVector c52 = FloatVector.fromArray(S, start, so + r5 * lds + 2 * L);
    FloatVector c53 = FloatVector.fromArray(S, start, so + r5 * lds + 3 * L);
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int a4 = ao + r4 * lda;
    int a5 = ao + r5 * lda;
    int bp = bo;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, bp + 3 * L);
      FloatVector x = FloatVector.broadcast(S, a[ao + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[a2 + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[a3 + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(S, a[a4 + p]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = FloatVector.broadcast(S, a[a5 + p]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
      bp += ldb;
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c02.intoArray(c, co + 2 * L);
    c03.intoArray(c, co + 3 * L);
    c10.intoArray(c, co + r1 * ldc);
    c11.intoArray(c, co + r1 * ldc + L);
    c12.intoArray(c, co + r1 * ldc + 2 * L);
    c13.intoArray(c, co + r1 * ldc + 3 * L);
    c20.intoArray(c, co + r2 * ldc);
    c21.intoArray(c, co + r2 * ldc + L);
    c22.intoArray(c, co + r2 * ldc + 2 * L);
    c23.intoArray(c, co + r2 * ldc + 3 * L);
    c30.intoArray(c, co + r3 * ldc);
    c31.intoArray(c, co + r3 * ldc + L);
    c32.intoArray(c, co + r3 * ldc + 2 * L);
    c33.intoArray(c, co + r3 * ldc + 3 * L);
    c40.intoArray(c, co + r4 * ldc);
    c41.intoArray(c, co + r4 * ldc + L);
    c42.intoArray(c, co + r4 * ldc + 2 * L);
    c43.intoArray(c, co + r4 * ldc + 3 * L);
    c50.intoArray(c, co + r5 * ldc);
    c51.intoArray(c, co + r5 * ldc + L);
    c52.intoArray(c, co + r5 * ldc + 2 * L);
    c53.intoArray(c, co + r5 * ldc + 3 * L);
  }

  /**
   * @param second the column of the second vector: at most one vector from the first
   */
  static void twoVectors(
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
      int ldc,
      int second) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int r5 = rows - 1;
    FloatVector c00 = FloatVector.fromArray(S, start, so);
    FloatVector c01 = FloatVector.fromArray(S, start, so + second);
    FloatVector c10 = FloatVector.fromArray(S, start, so + r1 * lds);
    FloatVector c11 = FloatVector.fromArray(S, start, so + r1 * lds + second);
    FloatVector c20 = FloatVector.fromArray(S, start, so + r2 * lds);
    FloatVector c21 = FloatVector.fromArray(S, start, so + r2 * lds + second);
    FloatVector c30 = FloatVector.fromArray(S, start, so + r3 * lds);
    FloatVector c31 = FloatVector.fromArray(S, start, so + r3 * lds + second);
    FloatVector c40 = FloatVector.fromArray(S, start, so + r4 * lds);
    FloatVector c41 = FloatVector.fromArray(S, start, so + r4 * lds + second);
    FloatVector c50 = FloatVector.fromArray(S, start, so + r5 * lds);
    FloatVector c51 = FloatVector.fromArray(S, start, so + r5 * lds + second);
    int a1 = r1 * rowStep;
    int a2 = r2 * rowStep;
    int a3 = r3 * rowStep;
    int a4 = r4 * rowStep;
    int a5 = r5 * rowStep;
    int ap = ao;
    int bp = bo;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + second);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[ap + a1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[ap + a2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[ap + a3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[ap + a4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[ap + a5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      ap += depthStep;
      bp += ldb;
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + second);
    c10.intoArray(c, co + r1 * ldc);
    c11.intoArray(c, co + r1 * ldc + second);
    c20.intoArray(c, co + r2 * ldc);
    c21.intoArray(c, co + r2 * ldc + second);
    c30.intoArray(c, co + r3 * ldc);
    c31.intoArray(c, co + r3 * ldc + second);
    c40.intoArray(c, co + r4 * ldc);
    c41.intoArray(c, co + r4 * ldc + second);
    c50.intoArray(c, co + r5 * ldc);
    c51.intoArray(c, co + r5 * ldc + second);
  }

  /** Two adjacent vectors, {@link #WHOLE} rows: numbers of a row of A are adjacent. */
  static void wholeOfRows(
      int depth,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] start,
      int so,
      int lds,
      float[] c,
      int co,
      int ldc) {
    FloatVector c00 = FloatVector.fromArray(S, start, so);
    FloatVector c01 = FloatVector.fromArray(S, start, so + L);
    FloatVector c10 = FloatVector.fromArray(S, start, so + lds);
    FloatVector c11 = FloatVector.fromArray(S, start, so + lds + L);
    FloatVector c20 = FloatVector.fromArray(S, start, so + 2 * lds);
    FloatVector c21 = FloatVector.fromArray(S, start, so + 2 * lds + L);
    FloatVector c30 = FloatVector.fromArray(S, start, so + 3 * lds);
    FloatVector c31 = FloatVector.fromArray(S, start, so + 3 * lds + L);
    FloatVector c40 = FloatVector.fromArray(S, start, so + 4 * lds);
    FloatVector c41 = FloatVector.fromArray(S, start, so + 4 * lds + L);
    FloatVector c50 = FloatVector.fromArray(S, start, so + 5 * lds);
    FloatVector c51 = FloatVector.fromArray(S, start, so + 5 * lds + L);
    FloatVector c60 = FloatVector.fromArray(S, start, so + 6 * lds);
    FloatVector c61 = FloatVector.fromArray(S, start, so + 6 * lds + L);
    FloatVector c70 = FloatVector.fromArray(S, start, so + 7 * lds);
    FloatVector c71 = FloatVector.fromArray(S, start, so + 7 * lds + L);
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    int a5 = ao + 5 * lda;
    int a6 = ao + 6 * lda;
    int a7 = ao + 7 * lda;
    int bp = bo;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector x = FloatVector.broadcast(S, a[ao + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + p]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[a5 + p]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, a[a6 + p]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, a[a7 + p]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      bp += ldb;
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c10.intoArray(c, co + ldc);
    c11.intoArray(c, co + ldc + L);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + L);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + L);
    c40.intoArray(c, co + 4 * ldc);
    c41.intoArray(c, co + 4 * ldc + L);
    c50.intoArray(c, co + 5 * ldc);
    c51.intoArray(c, co + 5 * ldc + L);
    c60.intoArray(c, co + 6 * ldc);
    c61.intoArray(c, co + 6 * ldc + L);
    c70.intoArray(c, co + 7 * ldc);
    c71.intoArray(c, co + 7 * ldc + L);
  }

  /** Two adjacent vectors, {@link #WHOLE} rows: numbers of a column of A are adjacent. */
  static void wholeOfColumns(
      int depth,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] start,
      int so,
      int lds,
      float[] c,
      int co,
      int ldc) {
    FloatVector c00 = FloatVector.fromArray(S, start, so);
    FloatVector c01 = FloatVector.fromArray(S, start, so + L);
    FloatVector c10 = FloatVector.fromArray(S, start, so + lds);
    FloatVector c11 = FloatVector.fromArray(S, start, so + lds + L);
    FloatVector c20 = FloatVector.fromArray(S, start, so + 2 * lds);
    FloatVector c21 = FloatVector.fromArray(S, start, so + 2 * lds + L);
    FloatVector c30 = FloatVector.fromArray(S, start, so + 3 * lds);
    FloatVector c31 = FloatVector.fromArray(S, start, so + 3 * lds + L);
    FloatVector c40 = FloatVector.fromArray(S, start, so + 4 * lds);
    FloatVector c41 = FloatVector.fromArray(S, start, so + 4 * lds + L);
    FloatVector c50 = FloatVector.fromArray(S, start, so + 5 * lds);
    FloatVector c51 = FloatVector.fromArray(S, start, so + 5 * lds + L);
    FloatVector c60 = FloatVector.fromArray(S, start, so + 6 * lds);
    FloatVector c61 = FloatVector.fromArray(S, start, so + 6 * lds + L);
    FloatVector c70 = FloatVector.fromArray(S, start, so + 7 * lds);
    FloatVector c71 = FloatVector.fromArray(S, start, so + 7 * lds + L);
    int ap = ao;
    int bp = bo;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[ap + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[ap + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[ap + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[ap + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[ap + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(S, a[ap + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(S, a[ap + 7]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      ap += lda;
      bp += ldb;
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c10.intoArray(c, co + ldc);
    c11.intoArray(c, co + ldc + L);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + L);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + L);
    c40.intoArray(c, co + 4 * ldc);
    c41.intoArray(c, co + 4 * ldc + L);
    c50.intoArray(c, co + 5 * ldc);
    c51.intoArray(c, co + 5 * ldc + L);
    c60.intoArray(c, co + 6 * ldc);
    c61.intoArray(c, co + 6 * ldc + L);
    c70.intoArray(c, co + 7 * ldc);
    c71.intoArray(c, co + 7 * ldc + L);
  }

  /** One vector. */
  static void oneVector(
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
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int r5 = rows - 1;
    FloatVector c0 = FloatVector.fromArray(S, start, so);
    FloatVector c1 = FloatVector.fromArray(S, start, so + r1 * lds);
    FloatVector c2 = FloatVector.fromArray(S, start, so + r2 * lds);
    FloatVector c3 = FloatVector.fromArray(S, start, so + r3 * lds);
    FloatVector c4 = FloatVector.fromArray(S, start, so + r4 * lds);
    FloatVector c5 = FloatVector.fromArray(S, start, so + r5 * lds);
    int a1 = r1 * rowStep;
    int a2 = r2 * rowStep;
    int a3 = r3 * rowStep;
    int a4 = r4 * rowStep;
    int a5 = r5 * rowStep;
    int ap = ao;
    int bp = bo;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      c0 = FloatVector.broadcast(S, a[ap]).fma(b0, c0);
      c1 = FloatVector.broadcast(S, a[ap + a1]).fma(b0, c1);
      c2 = FloatVector.broadcast(S, a[ap + a2]).fma(b0, c2);
      c3 = FloatVector.broadcast(S, a[ap + a3]).fma(b0, c3);
      c4 = FloatVector.broadcast(S, a[ap + a4]).fma(b0, c4);
      c5 = FloatVector.broadcast(S, a[ap + a5]).fma(b0, c5);
      ap += depthStep;
      bp += ldb;
    }
    c0.intoArray(c, co);
    c1.intoArray(c, co + r1 * ldc);
    c2.intoArray(c, co + r2 * ldc);
    c3.intoArray(c, co + r3 * ldc);
    c4.intoArray(c, co + r4 * ldc);
    c5.intoArray(c, co + r5 * ldc);
  }

  /** One vector, up to {@link #TALL} rows. */
  static void tall(
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
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int r5 = Math.min(5, rows - 1);
    int r6 = Math.min(6, rows - 1);
    int r7 = Math.min(7, rows - 1);
    int r8 = Math.min(8, rows - 1);
    int r9 = Math.min(9, rows - 1);
    int r10 = Math.min(10, rows - 1);
    int r11 = rows - 1;
    FloatVector c0 = FloatVector.fromArray(S, start, so);
    FloatVector c1 = FloatVector.fromArray(S, start, so + r1 * lds);
    FloatVector c2 = FloatVector.fromArray(S, start, so + r2 * lds);
    FloatVector c3 = FloatVector.fromArray(S, start, so + r3 * lds);
    FloatVector c4 = FloatVector.fromArray(S, start, so + r4 * lds);
    FloatVector c5 = FloatVector.fromArray(S, start, so + r5 * lds);
    FloatVector c6 = FloatVector.fromArray(S, start, so + r6 * lds);
    FloatVector c7 = FloatVector.fromArray(S, start, so + r7 * lds);
    FloatVector c8 = FloatVector.fromArray(S, start, so + r8 * lds);
    FloatVector c9 = FloatVector.fromArray(S, start, so + r9 * lds);
    FloatVector c10 = FloatVector.fromArray(S, start, so + r10 * lds);
    FloatVector c11 = FloatVector.fromArray(S, start, so + r11 * lds);
    int a1 = r1 * rowStep;
    int a2 = r2 * rowStep;
    int a3 = r3 * rowStep;
    int a4 = r4 * rowStep;
    int a5 = r5 * rowStep;
    int a6 = r6 * rowStep;
    int a7 = r7 * rowStep;
    int a8 = r8 * rowStep;
    int a9 = r9 * rowStep;
    int a10 = r10 * rowStep;
    int a11 = r11 * rowStep;
    int ap = ao;
    int bp = bo;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      c0 = FloatVector.broadcast(S, a[ap]).fma(b0, c0);
      c1 = FloatVector.broadcast(S, a[ap + a1]).fma(b0, c1);
      c2 = FloatVector.broadcast(S, a[ap + a2]).fma(b0, c2);
      c3 = FloatVector.broadcast(S, a[ap + a3]).fma(b0, c3);
      c4 = FloatVector.broadcast(S, a[ap + a4]).fma(b0, c4);
      c5 = FloatVector.broadcast(S, a[ap + a5]).fma(b0, c5);
      c6 = FloatVector.broadcast(S, a[ap + a6]).fma(b0, c6);
      c7 = FloatVector.broadcast(S, a[ap + a7]).fma(b0, c7);
      c8 = FloatVector.broadcast(S, a[ap + a8]).fma(b0, c8);
      c9 = FloatVector.broadcast(S, a[ap + a9]).fma(b0, c9);
      c10 = FloatVector.broadcast(S, a[ap + a10]).fma(b0, c10);
      c11 = FloatVector.broadcast(S, a[ap + a11]).fma(b0, c11);
      ap += depthStep;
      bp += ldb;
    }
    c0.intoArray(c, co);
    c1.intoArray(c, co + r1 * ldc);
    c2.intoArray(c, co + r2 * ldc);
    c3.intoArray(c, co + r3 * ldc);
    c4.intoArray(c, co + r4 * ldc);
    c5.intoArray(c, co + r5 * ldc);
    c6.intoArray(c, co + r6 * ldc);
    c7.intoArray(c, co + r7 * ldc);
    c8.intoArray(c, co + r8 * ldc);
    c9.intoArray(c, co + r9 * ldc);
    c10.intoArray(c, co + r10 * ldc);
    c11.intoArray(c, co + r11 * ldc);
  }
}
