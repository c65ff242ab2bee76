package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A {@link TallBlock} whose A is transposed and which has all its rows: the numbers that meet a row
 * of B follow each other, so that C2 checks the bounds of the first and the last alone.
 */
final class TallColumns {
  static final int ROWS = 12;

  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  private TallColumns() {}

  static void run(
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
    FloatVector c0 = FloatVector.fromArray(S, start, so);
    FloatVector c1 = FloatVector.fromArray(S, start, so + lds);
    FloatVector c2 = FloatVector.fromArray(S, start, so + 2 * lds);
    FloatVector c3 = FloatVector.fromArray(S, start, so + 3 * lds);
    FloatVector c4 = FloatVector.fromArray(S, start, so + 4 * lds);
    FloatVector c5 = FloatVector.fromArray(S, start, so + 5 * lds);
    FloatVector c6 = FloatVector.fromArray(S, start, so + 6 * lds);
    FloatVector c7 = FloatVector.fromArray(S, start, so + 7 * lds);
    FloatVector c8 = FloatVector.fromArray(S, start, so + 8 * lds);
    FloatVector c9 = FloatVector.fromArray(S, start, so + 9 * lds);
    FloatVector c10 = FloatVector.fromArray(S, start, so + 10 * lds);
    FloatVector c11 = FloatVector.fromArray(S, start, so + 11 * lds);
    int ap = ao;
    int bp = bo;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      c0 = FloatVector.broadcast(S, a[ap]).fma(b0, c0);
      c1 = FloatVector.broadcast(S, a[ap + 1]).fma(b0, c1);
      c2 = FloatVector.broadcast(S, a[ap + 2]).fma(b0, c2);
      c3 = FloatVector.broadcast(S, a[ap + 3]).fma(b0, c3);
      c4 = FloatVector.broadcast(S, a[ap + 4]).fma(b0, c4);
      c5 = FloatVector.broadcast(S, a[ap + 5]).fma(b0, c5);
      c6 = FloatVector.broadcast(S, a[ap + 6]).fma(b0, c6);
      c7 = FloatVector.broadcast(S, a[ap + 7]).fma(b0, c7);
      c8 = FloatVector.broadcast(S, a[ap + 8]).fma(b0, c8);
      c9 = FloatVector.broadcast(S, a[ap + 9]).fma(b0, c9);
      c10 = FloatVector.broadcast(S, a[ap + 10]).fma(b0, c10);
      c11 = FloatVector.broadcast(S, a[ap + 11]).fma(b0, c11);
      ap += lda;
      bp += ldb;
    }
    c0.intoArray(c, co);
    c1.intoArray(c, co + ldc);
    c2.intoArray(c, co + 2 * ldc);
    c3.intoArray(c, co + 3 * ldc);
    c4.intoArray(c, co + 4 * ldc);
    c5.intoArray(c, co + 5 * ldc);
    c6.intoArray(c, co + 6 * ldc);
    c7.intoArray(c, co + 7 * ldc);
    c8.intoArray(c, co + 8 * ldc);
    c9.intoArray(c, co + 9 * ldc);
    c10.intoArray(c, co + 10 * ldc);
    c11.intoArray(c, co + 11 * ldc);
  }
}
