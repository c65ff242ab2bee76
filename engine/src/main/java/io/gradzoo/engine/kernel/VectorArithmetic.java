package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Element-wise arithmetic and sums on vectors. Whole vectors first, the rest one by one with the
 * same roundings, so that a number does not depend on where in an array it stands.
 */
abstract class VectorArithmetic implements Kernels {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  @Override
  public final void add(float[] x, int xo, float[] y, int yo, int n) {
    sum(y, yo, x, xo, y, yo, n);
  }

  @Override
  public final void sum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.add(v).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      y[yo + i] = a[ao + i] + b[bo + i];
    }
  }

  @Override
  public final void addScaled(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    FloatVector factor = FloatVector.broadcast(S, alpha);
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, x, xo + i);
      FloatVector v = FloatVector.fromArray(S, y, yo + i);
      u.fma(factor, v).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      y[yo + i] = Math.fma(x[xo + i], alpha, y[yo + i]);
    }
  }

  @Override
  public final void scale(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(S, x, xo + i).mul(alpha).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      y[yo + i] = alpha * x[xo + i];
    }
  }

  @Override
  public final void product(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.mul(v).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      y[yo + i] = a[ao + i] * b[bo + i];
    }
  }

  @Override
  public final void addProduct(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.fma(v, FloatVector.fromArray(S, y, yo + i)).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      y[yo + i] = Math.fma(a[ao + i], b[bo + i], y[yo + i]);
    }
  }

  @Override
  public final float dot(float[] a, int ao, float[] b, int bo, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - 4 * L; i += 4 * L) {
      s0 = FloatVector.fromArray(S, a, ao + i).fma(FloatVector.fromArray(S, b, bo + i), s0);
      s1 = FloatVector.fromArray(S, a, ao + i + L).fma(FloatVector.fromArray(S, b, bo + i + L), s1);
      s2 =
          FloatVector.fromArray(S, a, ao + i + 2 * L)
              .fma(FloatVector.fromArray(S, b, bo + i + 2 * L), s2);
      s3 =
          FloatVector.fromArray(S, a, ao + i + 3 * L)
              .fma(FloatVector.fromArray(S, b, bo + i + 3 * L), s3);
    }
    for (; i <= n - L; i += L) {
      s0 = FloatVector.fromArray(S, a, ao + i).fma(FloatVector.fromArray(S, b, bo + i), s0);
    }
    float[] lanes = Lanes.memory();
    s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
    float sum = Lanes.sum(lanes, 0);
    for (; i < n; i++) {
      sum = Math.fma(a[ao + i], b[bo + i], sum);
    }
    return sum;
  }

  @Override
  public final void relu(float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(S, x, xo + i).max(0f).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      y[yo + i] = Math.max(x[xo + i], 0f);
    }
  }

  @Override
  public final void reluAdjoint(
      float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector before = FloatVector.fromArray(S, dx, dxo + i);
      FloatVector after = before.add(FloatVector.fromArray(S, dy, dyo + i));
      before
          .blend(after, FloatVector.fromArray(S, y, yo + i).compare(VectorOperators.GT, 0f))
          .intoArray(dx, dxo + i);
    }
    for (int i = whole; i < n; i++) {
      if (y[yo + i] > 0f) {
        dx[dxo + i] += dy[dyo + i];
      }
    }
  }

  @Override
  public final void gateByRelu(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector slope = FloatVector.fromArray(S, dy, dyo + i);
      FloatVector.zero(S)
          .blend(slope, FloatVector.fromArray(S, y, yo + i).compare(VectorOperators.GT, 0f))
          .intoArray(dx, dxo + i);
    }
    for (int i = whole; i < n; i++) {
      dx[dxo + i] = y[yo + i] > 0f ? dy[dyo + i] : 0f;
    }
  }

  @Override
  public final void abs(float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(S, x, xo + i).abs().intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      y[yo + i] = Math.abs(x[xo + i]);
    }
  }

  @Override
  public final void absAdjoint(float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    FloatVector zero = FloatVector.zero(S);
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, x, xo + i);
      FloatVector v = FloatVector.fromArray(S, dy, dyo + i);
      FloatVector signed =
          zero.blend(v, u.compare(VectorOperators.GT, 0f))
              .blend(v.neg(), u.compare(VectorOperators.LT, 0f));
      FloatVector.fromArray(S, dx, dxo + i).add(signed).intoArray(dx, dxo + i);
    }
    for (int i = whole; i < n; i++) {
      float u = x[xo + i];
      float v = dy[dyo + i];
      dx[dxo + i] += u > 0f ? v : u < 0f ? -v : 0f;
    }
  }
}
