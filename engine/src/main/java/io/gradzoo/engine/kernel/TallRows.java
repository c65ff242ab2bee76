package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A {@link TallBlock} whose A is row-major: numbers of a row of A follow each other, so that C2 can
 * check the bounds of every row once, before the loop, and two of them share their address: what
 * limits these blocks is the number of instructions, not of sums.
 */
final class TallRows {
  static final int ROWS = 12;

  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  private TallRows() {}

  static void run(
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
    int r5 = Math.min(5, rows - 1);
    int r6 = Math.min(6, rows - 1);
    int r7 = Math.min(7, rows - 1);
    int r8 = Math.min(8, rows - 1);
    int r9 = Math.min(9, rows - 1);
    int r10 = Math.min(10, rows - 1);
    int r11 = Math.min(11, rows - 1);
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
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int a4 = ao + r4 * lda;
    int a5 = ao + r5 * lda;
    int a6 = ao + r6 * lda;
    int a7 = ao + r7 * lda;
    int a8 = ao + r8 * lda;
    int a9 = ao + r9 * lda;
    int a10 = ao + r10 * lda;
    int a11 = ao + r11 * lda;
    int bp = bo;
    int even = depth & -2;
    for (int p = 0; p < even; p += 2) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + ldb);
      c0 = FloatVector.broadcast(S, a[ao + p]).fma(b0, c0);
      c0 = FloatVector.broadcast(S, a[ao + p + 1]).fma(b1, c0);
      c1 = FloatVector.broadcast(S, a[a1 + p]).fma(b0, c1);
      c1 = FloatVector.broadcast(S, a[a1 + p + 1]).fma(b1, c1);
      c2 = FloatVector.broadcast(S, a[a2 + p]).fma(b0, c2);
      c2 = FloatVector.broadcast(S, a[a2 + p + 1]).fma(b1, c2);
      c3 = FloatVector.broadcast(S, a[a3 + p]).fma(b0, c3);
      c3 = FloatVector.broadcast(S, a[a3 + p + 1]).fma(b1, c3);
      c4 = FloatVector.broadcast(S, a[a4 + p]).fma(b0, c4);
      c4 = FloatVector.broadcast(S, a[a4 + p + 1]).fma(b1, c4);
      c5 = FloatVector.broadcast(S, a[a5 + p]).fma(b0, c5);
      c5 = FloatVector.broadcast(S, a[a5 + p + 1]).fma(b1, c5);
      c6 = FloatVector.broadcast(S, a[a6 + p]).fma(b0, c6);
      c6 = FloatVector.broadcast(S, a[a6 + p + 1]).fma(b1, c6);
      c7 = FloatVector.broadcast(S, a[a7 + p]).fma(b0, c7);
      c7 = FloatVector.broadcast(S, a[a7 + p + 1]).fma(b1, c7);
      c8 = FloatVector.broadcast(S, a[a8 + p]).fma(b0, c8);
      c8 = FloatVector.broadcast(S, a[a8 + p + 1]).fma(b1, c8);
      c9 = FloatVector.broadcast(S, a[a9 + p]).fma(b0, c9);
      c9 = FloatVector.broadcast(S, a[a9 + p + 1]).fma(b1, c9);
      c10 = FloatVector.broadcast(S, a[a10 + p]).fma(b0, c10);
      c10 = FloatVector.broadcast(S, a[a10 + p + 1]).fma(b1, c10);
      c11 = FloatVector.broadcast(S, a[a11 + p]).fma(b0, c11);
      c11 = FloatVector.broadcast(S, a[a11 + p + 1]).fma(b1, c11);
      bp += 2 * ldb;
    }
    if (even < depth) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      c0 = FloatVector.broadcast(S, a[ao + even]).fma(b0, c0);
      c1 = FloatVector.broadcast(S, a[a1 + even]).fma(b0, c1);
      c2 = FloatVector.broadcast(S, a[a2 + even]).fma(b0, c2);
      c3 = FloatVector.broadcast(S, a[a3 + even]).fma(b0, c3);
      c4 = FloatVector.broadcast(S, a[a4 + even]).fma(b0, c4);
      c5 = FloatVector.broadcast(S, a[a5 + even]).fma(b0, c5);
      c6 = FloatVector.broadcast(S, a[a6 + even]).fma(b0, c6);
      c7 = FloatVector.broadcast(S, a[a7 + even]).fma(b0, c7);
      c8 = FloatVector.broadcast(S, a[a8 + even]).fma(b0, c8);
      c9 = FloatVector.broadcast(S, a[a9 + even]).fma(b0, c9);
      c10 = FloatVector.broadcast(S, a[a10 + even]).fma(b0, c10);
      c11 = FloatVector.broadcast(S, a[a11 + even]).fma(b0, c11);
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
