package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#outerProducts}: blocks of eight rows, or four, by three columns, whose sums stay
 * in registers while all places pass by, so that eleven vectors are read for 24 products, or seven
 * for twelve.
 *
 * <p>Sums are in the order of places with one rounding per term; the last block of rows may overlap
 * the one before, and columns past the last repeat it.
 */
final class OuterProducts {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final int ROWS = 8;

  /** Rows of a block where there are fewer than {@link #ROWS}. */
  private static final int FEW = 4;

  private static final int COLUMNS = 3;

  private OuterProducts() {}

  static void run(
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
    int last = n / Kernels.LANES - 1;
    int step = m < FEW ? 1 : m < ROWS ? FEW : ROWS;
    for (int lane = 0; lane < Kernels.LANES; lane += L) {
      for (int row = 0; row < m; row += step) {
        int i = Math.min(row, m - step);
        int ai = ao + lane + i * Kernels.LANES;
        int yi = yo + lane + i * n;
        for (int j = 0; j <= last; j += COLUMNS) {
          int j1 = Math.min(j + 1, last);
          int j2 = Math.min(j + 2, last);
          int b0 = bo + lane + columns[j];
          int b1 = bo + lane + columns[j1];
          int b2 = bo + lane + columns[j2];
          int y0 = yi + j * Kernels.LANES;
          int y1 = yi + j1 * Kernels.LANES;
          int y2 = yi + j2 * Kernels.LANES;
          if (step == 1) {
            oneRow(k, a, ai, aPlaces, b, b0, b1, b2, bPlaces, y, y0, y1, y2);
          } else if (step == FEW) {
            fourRows(k, a, ai, aPlaces, b, b0, b1, b2, bPlaces, y, y0, y1, y2, n);
          } else {
            eightRows(k, a, ai, aPlaces, b, b0, b1, b2, bPlaces, y, y0, y1, y2, n);
          }
        }
      }
    }
  }

  private static void eightRows(
      int k,
      float[] a,
      int ao,
      int[] aPlaces,
      float[] b,
      int b0,
      int b1,
      int b2,
      int[] bPlaces,
      float[] y,
      int y0,
      int y1,
      int y2,
      int ldy) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = FloatVector.zero(S);
    FloatVector s12 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s21 = FloatVector.zero(S);
    FloatVector s22 = FloatVector.zero(S);
    FloatVector s30 = FloatVector.zero(S);
    FloatVector s31 = FloatVector.zero(S);
    FloatVector s32 = FloatVector.zero(S);
    FloatVector s40 = FloatVector.zero(S);
    FloatVector s41 = FloatVector.zero(S);
    FloatVector s42 = FloatVector.zero(S);
    FloatVector s50 = FloatVector.zero(S);
    FloatVector s51 = FloatVector.zero(S);
    FloatVector s52 = FloatVector.zero(S);
    FloatVector s60 = FloatVector.zero(S);
    FloatVector s61 = FloatVector.zero(S);
    FloatVector s62 = FloatVector.zero(S);
    FloatVector s70 = FloatVector.zero(S);
    FloatVector s71 = FloatVector.zero(S);
    FloatVector s72 = FloatVector.zero(S);
    for (int q = 0; q < k; q++) {
      int ap = ao + aPlaces[q];
      int place = bPlaces[q];
      FloatVector v0 = FloatVector.fromArray(S, b, b0 + place);
      FloatVector v1 = FloatVector.fromArray(S, b, b1 + place);
      FloatVector v2 = FloatVector.fromArray(S, b, b2 + place);
      FloatVector x = FloatVector.fromArray(S, a, ap);
      s00 = x.fma(v0, s00);
      s01 = x.fma(v1, s01);
      s02 = x.fma(v2, s02);
      x = FloatVector.fromArray(S, a, ap + Kernels.LANES);
      s10 = x.fma(v0, s10);
      s11 = x.fma(v1, s11);
      s12 = x.fma(v2, s12);
      x = FloatVector.fromArray(S, a, ap + 2 * Kernels.LANES);
      s20 = x.fma(v0, s20);
      s21 = x.fma(v1, s21);
      s22 = x.fma(v2, s22);
      x = FloatVector.fromArray(S, a, ap + 3 * Kernels.LANES);
      s30 = x.fma(v0, s30);
      s31 = x.fma(v1, s31);
      s32 = x.fma(v2, s32);
      x = FloatVector.fromArray(S, a, ap + 4 * Kernels.LANES);
      s40 = x.fma(v0, s40);
      s41 = x.fma(v1, s41);
      s42 = x.fma(v2, s42);
      x = FloatVector.fromArray(S, a, ap + 5 * Kernels.LANES);
      s50 = x.fma(v0, s50);
      s51 = x.fma(v1, s51);
      s52 = x.fma(v2, s52);
      x = FloatVector.fromArray(S, a, ap + 6 * Kernels.LANES);
      s60 = x.fma(v0, s60);
      s61 = x.fma(v1, s61);
      s62 = x.fma(v2, s62);
      x = FloatVector.fromArray(S, a, ap + 7 * Kernels.LANES);
      s70 = x.fma(v0, s70);
      s71 = x.fma(v1, s71);
      s72 = x.fma(v2, s72);
    }
    s00.intoArray(y, y0);
    s01.intoArray(y, y1);
    s02.intoArray(y, y2);
    s10.intoArray(y, y0 + ldy);
    s11.intoArray(y, y1 + ldy);
    s12.intoArray(y, y2 + ldy);
    s20.intoArray(y, y0 + 2 * ldy);
    s21.intoArray(y, y1 + 2 * ldy);
    s22.intoArray(y, y2 + 2 * ldy);
    s30.intoArray(y, y0 + 3 * ldy);
    s31.intoArray(y, y1 + 3 * ldy);
    s32.intoArray(y, y2 + 3 * ldy);
    s40.intoArray(y, y0 + 4 * ldy);
    s41.intoArray(y, y1 + 4 * ldy);
    s42.intoArray(y, y2 + 4 * ldy);
    s50.intoArray(y, y0 + 5 * ldy);
    s51.intoArray(y, y1 + 5 * ldy);
    s52.intoArray(y, y2 + 5 * ldy);
    s60.intoArray(y, y0 + 6 * ldy);
    s61.intoArray(y, y1 + 6 * ldy);
    s62.intoArray(y, y2 + 6 * ldy);
    s70.intoArray(y, y0 + 7 * ldy);
    s71.intoArray(y, y1 + 7 * ldy);
    s72.intoArray(y, y2 + 7 * ldy);
  }

  private static void fourRows(
      int k,
      float[] a,
      int ao,
      int[] aPlaces,
      float[] b,
      int b0,
      int b1,
      int b2,
      int[] bPlaces,
      float[] y,
      int y0,
      int y1,
      int y2,
      int ldy) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = FloatVector.zero(S);
    FloatVector s12 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s21 = FloatVector.zero(S);
    FloatVector s22 = FloatVector.zero(S);
    FloatVector s30 = FloatVector.zero(S);
    FloatVector s31 = FloatVector.zero(S);
    FloatVector s32 = FloatVector.zero(S);
    for (int q = 0; q < k; q++) {
      int ap = ao + aPlaces[q];
      int place = bPlaces[q];
      FloatVector v0 = FloatVector.fromArray(S, b, b0 + place);
      FloatVector v1 = FloatVector.fromArray(S, b, b1 + place);
      FloatVector v2 = FloatVector.fromArray(S, b, b2 + place);
      FloatVector x = FloatVector.fromArray(S, a, ap);
      s00 = x.fma(v0, s00);
      s01 = x.fma(v1, s01);
      s02 = x.fma(v2, s02);
      x = FloatVector.fromArray(S, a, ap + Kernels.LANES);
      s10 = x.fma(v0, s10);
      s11 = x.fma(v1, s11);
      s12 = x.fma(v2, s12);
      x = FloatVector.fromArray(S, a, ap + 2 * Kernels.LANES);
      s20 = x.fma(v0, s20);
      s21 = x.fma(v1, s21);
      s22 = x.fma(v2, s22);
      x = FloatVector.fromArray(S, a, ap + 3 * Kernels.LANES);
      s30 = x.fma(v0, s30);
      s31 = x.fma(v1, s31);
      s32 = x.fma(v2, s32);
    }
    s00.intoArray(y, y0);
    s01.intoArray(y, y1);
    s02.intoArray(y, y2);
    s10.intoArray(y, y0 + ldy);
    s11.intoArray(y, y1 + ldy);
    s12.intoArray(y, y2 + ldy);
    s20.intoArray(y, y0 + 2 * ldy);
    s21.intoArray(y, y1 + 2 * ldy);
    s22.intoArray(y, y2 + 2 * ldy);
    s30.intoArray(y, y0 + 3 * ldy);
    s31.intoArray(y, y1 + 3 * ldy);
    s32.intoArray(y, y2 + 3 * ldy);
  }

  private static void oneRow(
      int k,
      float[] a,
      int ao,
      int[] aPlaces,
      float[] b,
      int b0,
      int b1,
      int b2,
      int[] bPlaces,
      float[] y,
      int y0,
      int y1,
      int y2) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    for (int q = 0; q < k; q++) {
      int place = bPlaces[q];
      FloatVector x = FloatVector.fromArray(S, a, ao + aPlaces[q]);
      s0 = x.fma(FloatVector.fromArray(S, b, b0 + place), s0);
      s1 = x.fma(FloatVector.fromArray(S, b, b1 + place), s1);
      s2 = x.fma(FloatVector.fromArray(S, b, b2 + place), s2);
    }
    s0.intoArray(y, y0);
    s1.intoArray(y, y1);
    s2.intoArray(y, y2);
  }
}
