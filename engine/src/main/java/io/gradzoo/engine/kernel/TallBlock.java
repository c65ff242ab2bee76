package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A block of C that is up to twelve rows high and one vector wide: with fewer rows, products of one
 * vector's columns would wait for their own sums. What {@link RegisterBlocks} says holds here too.
 */
final class TallBlock {
  static final int ROWS = 12;

  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  private TallBlock() {}

  static void run(
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
