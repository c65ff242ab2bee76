package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The block of six rows by four vectors of {@link RegisterBlocks} whose A is row-major: C2 checks
 * the bounds of every row once, before the loop, and its general registers suffice. Otherwise it
 * keeps indices in vector registers, in some runs, and a product is slower by a third.
 */
final class WideRows {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private WideRows() {}

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
}
