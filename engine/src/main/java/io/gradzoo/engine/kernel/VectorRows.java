package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many rows with one row, on vectors: sums over rows, which stay in registers, four vectors of
 * columns at a time, while the rows pass by; and a row added to or multiplied into each.
 */
abstract class VectorRows extends VectorArithmetic {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** Columns taken at a time. */
  private static final int BLOCK = 4 * L;

  @Override
  public final void addColumnSums(int rows, int width, float[] x, int xo, float[] y, int yo) {
    int j = 0;
    for (; j <= width - BLOCK; j += BLOCK) {
      addSumsOfFourVectors(rows, width, x, xo + j, y, yo + j);
    }
    for (; j <= width - L; j += L) {
      FloatVector sum = FloatVector.fromArray(S, y, yo + j);
      for (int row = 0; row < rows; row++) {
        sum = sum.add(FloatVector.fromArray(S, x, xo + j + row * width));
      }
      sum.intoArray(y, yo + j);
    }
    if (j < width) {
      addNarrowSums(rows, width, j, x, xo, y, yo);
    }
  }

  private static void addSumsOfFourVectors(
      int rows, int width, float[] x, int xo, float[] y, int yo) {
    FloatVector s0 = FloatVector.fromArray(S, y, yo);
    FloatVector s1 = FloatVector.fromArray(S, y, yo + L);
    FloatVector s2 = FloatVector.fromArray(S, y, yo + 2 * L);
    FloatVector s3 = FloatVector.fromArray(S, y, yo + 3 * L);
    int from = xo;
    for (int row = 0; row < rows; row++) {
      s0 = s0.add(FloatVector.fromArray(S, x, from));
      s1 = s1.add(FloatVector.fromArray(S, x, from + L));
      s2 = s2.add(FloatVector.fromArray(S, x, from + 2 * L));
      s3 = s3.add(FloatVector.fromArray(S, x, from + 3 * L));
      from += width;
    }
    s0.intoArray(y, yo);
    s1.intoArray(y, yo + L);
    s2.intoArray(y, yo + 2 * L);
    s3.intoArray(y, yo + 3 * L);
  }

  /** The last columns, fewer than lanes: vectors reach into the next row, whose part is ignored. */
  private static void addNarrowSums(
      int rows, int width, int from, float[] x, int xo, float[] y, int yo) {
    int room = x.length - L - xo - from;
    int reaching = room < 0 ? 0 : Math.min(rows, room / width + 1);
    if (reaching > 0) {
      addReachingSums(reaching, width, from, x, xo, y, yo);
    }
    for (int row = reaching; row < rows; row++) {
      for (int j = from; j < width; j++) {
        y[yo + j] += x[xo + row * width + j];
      }
    }
  }

  private static void addReachingSums(
      int rows, int width, int from, float[] x, int xo, float[] y, int yo) {
    float[] lanes = Lanes.memory();
    System.arraycopy(y, yo + from, lanes, 0, width - from);
    FloatVector sum = FloatVector.fromArray(S, lanes, 0);
    int at = xo + from;
    for (int row = 0; row < rows; row++, at += width) {
      sum = sum.add(FloatVector.fromArray(S, x, at));
    }
    sum.intoArray(lanes, 0);
    System.arraycopy(lanes, 0, y, yo + from, width - from);
  }

  @Override
  public final void addColumnSumsOfProducts(
      int rows, int width, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
    int j = 0;
    for (; j <= width - BLOCK; j += BLOCK) {
      addProductsOfFourVectors(rows, width, a, ao + j, b, bo + j, y, yo + j);
    }
    for (; j <= width - L; j += L) {
      FloatVector sum = FloatVector.fromArray(S, y, yo + j);
      for (int row = 0; row < rows; row++) {
        FloatVector u = FloatVector.fromArray(S, a, ao + j + row * width);
        sum = u.fma(FloatVector.fromArray(S, b, bo + j + row * width), sum);
      }
      sum.intoArray(y, yo + j);
    }
    for (int row = 0; row < rows; row++) {
      for (int i = j; i < width; i++) {
        y[yo + i] = Math.fma(a[ao + row * width + i], b[bo + row * width + i], y[yo + i]);
      }
    }
  }

  private static void addProductsOfFourVectors(
      int rows, int width, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
    FloatVector s0 = FloatVector.fromArray(S, y, yo);
    FloatVector s1 = FloatVector.fromArray(S, y, yo + L);
    FloatVector s2 = FloatVector.fromArray(S, y, yo + 2 * L);
    FloatVector s3 = FloatVector.fromArray(S, y, yo + 3 * L);
    int p = ao;
    int q = bo;
    for (int row = 0; row < rows; row++) {
      s0 = FloatVector.fromArray(S, a, p).fma(FloatVector.fromArray(S, b, q), s0);
      s1 = FloatVector.fromArray(S, a, p + L).fma(FloatVector.fromArray(S, b, q + L), s1);
      s2 = FloatVector.fromArray(S, a, p + 2 * L).fma(FloatVector.fromArray(S, b, q + 2 * L), s2);
      s3 = FloatVector.fromArray(S, a, p + 3 * L).fma(FloatVector.fromArray(S, b, q + 3 * L), s3);
      p += width;
      q += width;
    }
    s0.intoArray(y, yo);
    s1.intoArray(y, yo + L);
    s2.intoArray(y, yo + 2 * L);
    s3.intoArray(y, yo + 3 * L);
  }

  @Override
  public final void sumWithRow(
      int rows, int width, float[] x, int xo, float[] v, int vo, float[] y, int yo) {
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int from = xo + row * width;
      int to = yo + row * width;
      for (int j = 0; j < whole; j += L) {
        FloatVector u = FloatVector.fromArray(S, v, vo + j);
        FloatVector.fromArray(S, x, from + j).add(u).intoArray(y, to + j);
      }
      for (int j = whole; j < width; j++) {
        y[to + j] = x[from + j] + v[vo + j];
      }
    }
  }

  @Override
  public final void productWithRow(
      int rows, int width, float[] x, int xo, float[] v, int vo, float[] y, int yo) {
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int from = xo + row * width;
      int to = yo + row * width;
      for (int j = 0; j < whole; j += L) {
        FloatVector u = FloatVector.fromArray(S, v, vo + j);
        FloatVector.fromArray(S, x, from + j).mul(u).intoArray(y, to + j);
      }
      for (int j = whole; j < width; j++) {
        y[to + j] = x[from + j] * v[vo + j];
      }
    }
  }

  @Override
  public final void addProductWithRow(
      int rows, int width, float[] x, int xo, float[] v, int vo, float[] y, int yo) {
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int from = xo + row * width;
      int to = yo + row * width;
      for (int j = 0; j < whole; j += L) {
        FloatVector u = FloatVector.fromArray(S, v, vo + j);
        FloatVector t = FloatVector.fromArray(S, x, from + j);
        t.fma(u, FloatVector.fromArray(S, y, to + j)).intoArray(y, to + j);
      }
      for (int j = whole; j < width; j++) {
        y[to + j] = Math.fma(x[from + j], v[vo + j], y[to + j]);
      }
    }
  }
}
