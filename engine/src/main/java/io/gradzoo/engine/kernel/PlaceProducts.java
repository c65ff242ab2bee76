package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#multiplyAtPlaces}: blocks of eight rows, or four, at three places, which read a
 * number of A for three places and a vector of B for eight rows.
 *
 * <p>Each sum is in the order of p with one rounding per term, so a result does not depend on which
 * block computes it. The last block of rows may overlap the one before, and places past the last
 * repeat it: the same bits are written twice. One loop, over a table of rows: C2 boxes the sums of
 * a loop within a loop.
 */
final class PlaceProducts {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final int ROWS = 8;

  /** Rows of a block where there are fewer than {@link #ROWS}. */
  private static final int FEW = 4;

  private static final int PLACES = 3;

  private PlaceProducts() {}

  static void run(
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
    int places = n / Kernels.LANES;
    for (int q = 0; q < places; q += PLACES) {
      int q1 = Math.min(q + 1, places - 1);
      int q2 = Math.min(q + 2, places - 1);
      for (int lane = 0; lane < Kernels.LANES; lane += L) {
        int b0 = bo + from[q] + lane;
        int b1 = bo + from[q1] + lane;
        int b2 = bo + from[q2] + lane;
        int c0 = co + to[q] + lane;
        int c1 = co + to[q1] + lane;
        int c2 = co + to[q2] + lane;
        if (m < FEW) {
          for (int i = 0; i < m; i++) {
            int at = i * Kernels.LANES;
            float first = start[so + i];
            oneRow(
                k, a, ao + i, matrixRows, b, b0, b1, b2, rows, first, c, c0 + at, c1 + at, c2 + at);
          }
          continue;
        }
        int block = m < ROWS ? FEW : ROWS;
        for (int row = 0; row < m; row += block) {
          int i = Math.min(row, m - block);
          int d0 = c0 + i * Kernels.LANES;
          int d1 = c1 + i * Kernels.LANES;
          int d2 = c2 + i * Kernels.LANES;
          if (block == FEW) {
            fourRows(k, a, ao + i, matrixRows, b, b0, b1, b2, rows, start, so + i, c, d0, d1, d2);
          } else {
            eightRows(k, a, ao + i, matrixRows, b, b0, b1, b2, rows, start, so + i, c, d0, d1, d2);
          }
        }
      }
    }
  }

  private static void eightRows(
      int k,
      float[] a,
      int ao,
      int[] matrixRows,
      float[] b,
      int b0,
      int b1,
      int b2,
      int[] rows,
      float[] start,
      int so,
      float[] c,
      int c0,
      int c1,
      int c2) {
    FloatVector s00 = FloatVector.broadcast(S, start[so]);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s10 = FloatVector.broadcast(S, start[so + 1]);
    FloatVector s11 = s10;
    FloatVector s12 = s10;
    FloatVector s20 = FloatVector.broadcast(S, start[so + 2]);
    FloatVector s21 = s20;
    FloatVector s22 = s20;
    FloatVector s30 = FloatVector.broadcast(S, start[so + 3]);
    FloatVector s31 = s30;
    FloatVector s32 = s30;
    FloatVector s40 = FloatVector.broadcast(S, start[so + 4]);
    FloatVector s41 = s40;
    FloatVector s42 = s40;
    FloatVector s50 = FloatVector.broadcast(S, start[so + 5]);
    FloatVector s51 = s50;
    FloatVector s52 = s50;
    FloatVector s60 = FloatVector.broadcast(S, start[so + 6]);
    FloatVector s61 = s60;
    FloatVector s62 = s60;
    FloatVector s70 = FloatVector.broadcast(S, start[so + 7]);
    FloatVector s71 = s70;
    FloatVector s72 = s70;
    for (int p = 0; p < k; p++) {
      int ap = ao + matrixRows[p];
      int row = rows[p];
      FloatVector v0 = FloatVector.fromArray(S, b, b0 + row);
      FloatVector v1 = FloatVector.fromArray(S, b, b1 + row);
      FloatVector v2 = FloatVector.fromArray(S, b, b2 + row);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      s00 = x.fma(v0, s00);
      s01 = x.fma(v1, s01);
      s02 = x.fma(v2, s02);
      x = FloatVector.broadcast(S, a[ap + 1]);
      s10 = x.fma(v0, s10);
      s11 = x.fma(v1, s11);
      s12 = x.fma(v2, s12);
      x = FloatVector.broadcast(S, a[ap + 2]);
      s20 = x.fma(v0, s20);
      s21 = x.fma(v1, s21);
      s22 = x.fma(v2, s22);
      x = FloatVector.broadcast(S, a[ap + 3]);
      s30 = x.fma(v0, s30);
      s31 = x.fma(v1, s31);
      s32 = x.fma(v2, s32);
      x = FloatVector.broadcast(S, a[ap + 4]);
      s40 = x.fma(v0, s40);
      s41 = x.fma(v1, s41);
      s42 = x.fma(v2, s42);
      x = FloatVector.broadcast(S, a[ap + 5]);
      s50 = x.fma(v0, s50);
      s51 = x.fma(v1, s51);
      s52 = x.fma(v2, s52);
      x = FloatVector.broadcast(S, a[ap + 6]);
      s60 = x.fma(v0, s60);
      s61 = x.fma(v1, s61);
      s62 = x.fma(v2, s62);
      x = FloatVector.broadcast(S, a[ap + 7]);
      s70 = x.fma(v0, s70);
      s71 = x.fma(v1, s71);
      s72 = x.fma(v2, s72);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c1);
    s02.intoArray(c, c2);
    s10.intoArray(c, c0 + Kernels.LANES);
    s11.intoArray(c, c1 + Kernels.LANES);
    s12.intoArray(c, c2 + Kernels.LANES);
    s20.intoArray(c, c0 + 2 * Kernels.LANES);
    s21.intoArray(c, c1 + 2 * Kernels.LANES);
    s22.intoArray(c, c2 + 2 * Kernels.LANES);
    s30.intoArray(c, c0 + 3 * Kernels.LANES);
    s31.intoArray(c, c1 + 3 * Kernels.LANES);
    s32.intoArray(c, c2 + 3 * Kernels.LANES);
    s40.intoArray(c, c0 + 4 * Kernels.LANES);
    s41.intoArray(c, c1 + 4 * Kernels.LANES);
    s42.intoArray(c, c2 + 4 * Kernels.LANES);
    s50.intoArray(c, c0 + 5 * Kernels.LANES);
    s51.intoArray(c, c1 + 5 * Kernels.LANES);
    s52.intoArray(c, c2 + 5 * Kernels.LANES);
    s60.intoArray(c, c0 + 6 * Kernels.LANES);
    s61.intoArray(c, c1 + 6 * Kernels.LANES);
    s62.intoArray(c, c2 + 6 * Kernels.LANES);
    s70.intoArray(c, c0 + 7 * Kernels.LANES);
    s71.intoArray(c, c1 + 7 * Kernels.LANES);
    s72.intoArray(c, c2 + 7 * Kernels.LANES);
  }

  private static void fourRows(
      int k,
      float[] a,
      int ao,
      int[] matrixRows,
      float[] b,
      int b0,
      int b1,
      int b2,
      int[] rows,
      float[] start,
      int so,
      float[] c,
      int c0,
      int c1,
      int c2) {
    FloatVector s00 = FloatVector.broadcast(S, start[so]);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s10 = FloatVector.broadcast(S, start[so + 1]);
    FloatVector s11 = s10;
    FloatVector s12 = s10;
    FloatVector s20 = FloatVector.broadcast(S, start[so + 2]);
    FloatVector s21 = s20;
    FloatVector s22 = s20;
    FloatVector s30 = FloatVector.broadcast(S, start[so + 3]);
    FloatVector s31 = s30;
    FloatVector s32 = s30;
    for (int p = 0; p < k; p++) {
      int ap = ao + matrixRows[p];
      int row = rows[p];
      FloatVector v0 = FloatVector.fromArray(S, b, b0 + row);
      FloatVector v1 = FloatVector.fromArray(S, b, b1 + row);
      FloatVector v2 = FloatVector.fromArray(S, b, b2 + row);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      s00 = x.fma(v0, s00);
      s01 = x.fma(v1, s01);
      s02 = x.fma(v2, s02);
      x = FloatVector.broadcast(S, a[ap + 1]);
      s10 = x.fma(v0, s10);
      s11 = x.fma(v1, s11);
      s12 = x.fma(v2, s12);
      x = FloatVector.broadcast(S, a[ap + 2]);
      s20 = x.fma(v0, s20);
      s21 = x.fma(v1, s21);
      s22 = x.fma(v2, s22);
      x = FloatVector.broadcast(S, a[ap + 3]);
      s30 = x.fma(v0, s30);
      s31 = x.fma(v1, s31);
      s32 = x.fma(v2, s32);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c1);
    s02.intoArray(c, c2);
    s10.intoArray(c, c0 + Kernels.LANES);
    s11.intoArray(c, c1 + Kernels.LANES);
    s12.intoArray(c, c2 + Kernels.LANES);
    s20.intoArray(c, c0 + 2 * Kernels.LANES);
    s21.intoArray(c, c1 + 2 * Kernels.LANES);
    s22.intoArray(c, c2 + 2 * Kernels.LANES);
    s30.intoArray(c, c0 + 3 * Kernels.LANES);
    s31.intoArray(c, c1 + 3 * Kernels.LANES);
    s32.intoArray(c, c2 + 3 * Kernels.LANES);
  }

  private static void oneRow(
      int k,
      float[] a,
      int ao,
      int[] matrixRows,
      float[] b,
      int b0,
      int b1,
      int b2,
      int[] rows,
      float start,
      float[] c,
      int c0,
      int c1,
      int c2) {
    FloatVector s0 = FloatVector.broadcast(S, start);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    for (int p = 0; p < k; p++) {
      int row = rows[p];
      FloatVector x = FloatVector.broadcast(S, a[ao + matrixRows[p]]);
      s0 = x.fma(FloatVector.fromArray(S, b, b0 + row), s0);
      s1 = x.fma(FloatVector.fromArray(S, b, b1 + row), s1);
      s2 = x.fma(FloatVector.fromArray(S, b, b2 + row), s2);
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c1);
    s2.intoArray(c, c2);
  }
}
