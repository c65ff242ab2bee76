package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sines of multiples on vectors, by the rules of {@link VectorActivations}: exactly specified
 * operations alone, methods written out in full, the ends of rows one by one with the same
 * roundings.
 *
 * <p>With k the whole number nearest to x = w u in multiples of π, sin x = (−1)ᵏ sin r for r = x −
 * k π, and cos x = (−1)ᵏ cos r. What w u was rounded by is added to r, so errors are about one unit
 * in the last place of 1 however large x is, up to {@link #LIMIT}; what lies beyond is computed in
 * double precision.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // coefficients have the digits of their fit
abstract class VectorSine extends VectorRows {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
  private static final int L = Lanes.COUNT;

  /** From here on, k could have more digits than the rounding by addition leaves room for. */
  private static final float LIMIT = 1e6f;

  /**
   * 1.5 · 2²³: adding it rounds to an integer, whose lowest bit then stands in the lowest place.
   */
  private static final float ROUNDER = 0x1.8p23f;

  private static final float INVERSE_PI = 0.31830987f;

  /** π = PI_HIGH + PI_LOW to twice the precision. */
  private static final float PI_HIGH = 3.1415927410125732f;

  private static final float PI_LOW = -8.742277657347586e-8f;

  /** Where the lowest bit becomes the sign. */
  private static final int SIGN = 31;

  // sin(r) ≈ r + r z (S1 + … + S4 z³) with z = r², for |r| ≤ π / 2: least greatest error, 4.7e-9.
  private static final float S1 = -1.6666657081e-1f;
  private static final float S2 = 8.3330169164e-3f;
  private static final float S3 = -1.9806587907e-4f;
  private static final float S4 = 2.5999940248e-6f;

  // cos(r) ≈ 1 − z / 2 + z² (C1 + … + C4 z³), likewise: 4e-10.
  private static final float C1 = 4.1666655756e-2f;
  private static final float C2 = -1.3888568782e-3f;
  private static final float C3 = 2.4769278766e-5f;
  private static final float C4 = -2.6193281647e-7f;

  /** Slopes that are kept at a time: they stay in the first-level cache. */
  private static final int GROUP = 1024;

  private static final ThreadLocal<float[]> SLOPES =
      ThreadLocal.withInitial(() -> new float[GROUP]);

  @Override
  public final void sine(float frequency, float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    IntVector largest = IntVector.zero(I);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, x, xo + i);
      FloatVector p = u.mul(frequency);
      FloatVector lost = u.fma(FloatVector.broadcast(S, frequency), p.neg());
      FloatVector shifted = p.fma(INVERSE_PI, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector r = k.fma(FloatVector.broadcast(S, -PI_HIGH), p);
      r = k.fma(FloatVector.broadcast(S, -PI_LOW), r).add(lost);
      FloatVector z = r.mul(r);
      FloatVector s = z.fma(S4, S3);
      s = s.fma(z, FloatVector.broadcast(S, S2));
      s = s.fma(z, FloatVector.broadcast(S, S1));
      s = s.fma(z.mul(r), r);
      IntVector sign = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, SIGN);
      s.reinterpretAsInts()
          .lanewise(VectorOperators.XOR, sign)
          .reinterpretAsFloats()
          .intoArray(y, yo + i);
      largest = largest.max(p.abs().reinterpretAsInts());
    }
    float[] lanes = Lanes.memory();
    largest.reinterpretAsFloats().intoArray(lanes, 0);
    for (int i = whole; i < n; i++) {
      float u = x[xo + i];
      float p = u * frequency;
      float shifted = Math.fma(p, INVERSE_PI, ROUNDER);
      float k = shifted - ROUNDER;
      float r = Math.fma(k, -PI_LOW, Math.fma(k, -PI_HIGH, p)) + Math.fma(u, frequency, -p);
      float z = r * r;
      float s = Math.fma(Math.fma(Math.fma(Math.fma(z, S4, S3), z, S2), z, S1), z * r, r);
      y[yo + i] =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(s) ^ (Float.floatToRawIntBits(shifted) << SIGN));
      lanes[0] = Math.max(lanes[0], Math.abs(p));
    }
    if (!within(lanes)) {
      for (int i = 0; i < n; i++) {
        if (!(Math.abs(x[xo + i] * frequency) <= LIMIT)) {
          y[yo + i] = (float) StrictMath.sin((double) frequency * x[xo + i]);
        }
      }
    }
  }

  @Override
  public final void gateBySine(
      float frequency, float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    float[] slopes = SLOPES.get();
    for (int i = 0; i < n; i += GROUP) {
      int count = Math.min(GROUP, n - i);
      slopes(frequency, x, xo + i, slopes, count);
      product(slopes, 0, dy, dyo + i, dx, dxo + i, count);
    }
  }

  /** y = w cos(w x). */
  private static void slopes(float frequency, float[] x, int xo, float[] y, int n) {
    int whole = Lanes.bound(n);
    IntVector largest = IntVector.zero(I);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, x, xo + i);
      FloatVector p = u.mul(frequency);
      FloatVector lost = u.fma(FloatVector.broadcast(S, frequency), p.neg());
      FloatVector shifted = p.fma(INVERSE_PI, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector r = k.fma(FloatVector.broadcast(S, -PI_HIGH), p);
      r = k.fma(FloatVector.broadcast(S, -PI_LOW), r).add(lost);
      FloatVector z = r.mul(r);
      FloatVector c = z.fma(C4, C3);
      c = c.fma(z, FloatVector.broadcast(S, C2));
      c = c.fma(z, FloatVector.broadcast(S, C1));
      c = c.fma(z, FloatVector.broadcast(S, -0.5f));
      c = c.fma(z, FloatVector.broadcast(S, 1f));
      IntVector sign = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, SIGN);
      c.mul(frequency)
          .reinterpretAsInts()
          .lanewise(VectorOperators.XOR, sign)
          .reinterpretAsFloats()
          .intoArray(y, i);
      largest = largest.max(p.abs().reinterpretAsInts());
    }
    float[] lanes = Lanes.memory();
    largest.reinterpretAsFloats().intoArray(lanes, 0);
    for (int i = whole; i < n; i++) {
      float u = x[xo + i];
      float p = u * frequency;
      float shifted = Math.fma(p, INVERSE_PI, ROUNDER);
      float k = shifted - ROUNDER;
      float r = Math.fma(k, -PI_LOW, Math.fma(k, -PI_HIGH, p)) + Math.fma(u, frequency, -p);
      float z = r * r;
      float c = Math.fma(Math.fma(Math.fma(z, C4, C3), z, C2), z, C1);
      c = Math.fma(Math.fma(c, z, -0.5f), z, 1f) * frequency;
      y[i] =
          Float.intBitsToFloat(
              Float.floatToRawIntBits(c) ^ (Float.floatToRawIntBits(shifted) << SIGN));
      lanes[0] = Math.max(lanes[0], Math.abs(p));
    }
    if (!within(lanes)) {
      for (int i = 0; i < n; i++) {
        if (!(Math.abs(x[xo + i] * frequency) <= LIMIT)) {
          y[i] = (float) (frequency * StrictMath.cos((double) frequency * x[xo + i]));
        }
      }
    }
  }

  /** Whether no lane is larger than the limit, or NaN, whose bits are larger than all others. */
  private static boolean within(float[] largest) {
    boolean within = true;
    for (int i = 0; i < L; i++) {
      within &= largest[i] <= LIMIT;
    }
    return within;
  }
}
