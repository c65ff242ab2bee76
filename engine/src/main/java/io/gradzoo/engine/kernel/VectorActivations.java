package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Smooth activations on vectors; the ends of rows one by one with the same roundings.
 *
 * <p>Only exactly specified operations are used, so a result does not depend on whether the code is
 * interpreted or compiled; {@code lanewise(EXP)} would. Errors are a few units in the last place;
 * what would be subnormal becomes zero; NaN stays NaN.
 *
 * <p>Each method is written out in full, for C2's sake. Past a number of nodes that some thirty
 * vector operations reach, it stops inlining; a vector that then crosses a call, or that an
 * operation is applied to, is allocated each time. So no vector is handed to another method here,
 * and above 325 bytecodes no method is inlined into a caller that may have used up the nodes.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // coefficients have the digits of their source
abstract class VectorActivations extends VectorSine {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** Below this, exp(x) is zero. */
  static final float LOWEST = -88f;

  static final float LOG2_E = 1.442695f;

  /** ln 2 = LN2_HIGH + LN2_LOW to twice the precision. */
  static final float LN2_HIGH = 0.693147182464599609375f;

  static final float LN2_LOW = -1.904654299957e-9f;

  /** 1.5 · 2²³: adding it rounds to an integer, which then stands in the low bits. */
  static final float ROUNDER = 0x1.8p23f;

  /** The bits of 1 in single precision, and the position of the exponent. */
  static final int ONE = 0x3f800000;

  static final int EXPONENT = 23;

  // exp(r) ≈ 1 + r + r² (E2 + r (E3 + …)) for |r| ≤ ln 2 / 2 (Cephes, expf).
  static final float E2 = 5.0000001201e-1f;
  static final float E3 = 1.6666665459e-1f;
  static final float E4 = 4.1665795894e-2f;
  static final float E5 = 8.3334519073e-3f;
  static final float E6 = 1.3981999507e-3f;
  static final float E7 = 1.9875691500e-4f;

  /** From here on, tanh rounds to 1. */
  private static final float TANH_ONE = 9.02f;

  // tanh(x) ≈ x (1 + P1 z + … + P4 z⁴) / (1 + Q1 z + … + Q4 z⁴) with z = x², for |x| ≤ TANH_ONE:
  // least greatest relative error, 2.2e-8 before rounding.
  private static final float P1 = 1.33826850e-1f;
  private static final float P2 = 3.49745499e-3f;
  private static final float P3 = 2.06357785e-5f;
  private static final float P4 = 1.33842318e-8f;
  private static final float Q1 = 4.67160063e-1f;
  private static final float Q2 = 2.58843507e-2f;
  private static final float Q3 = 3.28851296e-4f;
  private static final float Q4 = 7.79022455e-7f;

  /** Slopes that are kept at a time: they stay in the first-level cache. */
  private static final int GROUP = 1024;

  private static final ThreadLocal<float[]> SLOPES =
      ThreadLocal.withInitial(() -> new float[GROUP]);

  @Override
  public final void silu(float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, x, xo + i);
      FloatVector bounded = u.abs().neg().max(LOWEST);
      FloatVector shifted = bounded.fma(LOG2_E, ROUNDER);
      FloatVector m = shifted.sub(ROUNDER);
      FloatVector r = m.fma(FloatVector.broadcast(S, -LN2_HIGH), bounded);
      r = m.fma(FloatVector.broadcast(S, -LN2_LOW), r);
      FloatVector p = r.fma(E7, E6);
      p = p.fma(r, FloatVector.broadcast(S, E5));
      p = p.fma(r, FloatVector.broadcast(S, E4));
      p = p.fma(r, FloatVector.broadcast(S, E3));
      p = p.fma(r, FloatVector.broadcast(S, E2));
      p = p.fma(r.mul(r), r).add(1f);
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT);
      FloatVector e = p.mul(power.add(ONE).reinterpretAsFloats());
      FloatVector one = FloatVector.broadcast(S, 1f);
      FloatVector larger = one.div(e.add(one));
      FloatVector sigma = larger.blend(e.mul(larger), u.compare(VectorOperators.LT, 0f));
      u.mul(sigma).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      float u = x[xo + i];
      float bounded = Math.max(-Math.abs(u), LOWEST);
      float shifted = Math.fma(bounded, LOG2_E, ROUNDER);
      float m = shifted - ROUNDER;
      float r = Math.fma(m, -LN2_LOW, Math.fma(m, -LN2_HIGH, bounded));
      float p = Math.fma(Math.fma(r, E7, E6), r, E5);
      p = Math.fma(Math.fma(Math.fma(p, r, E4), r, E3), r, E2);
      p = Math.fma(p, r * r, r) + 1f;
      float e = p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << EXPONENT) + ONE);
      float larger = 1f / (e + 1f);
      y[yo + i] = u * (u < 0f ? e * larger : larger);
    }
  }

  @Override
  public final void siluAdjoint(
      float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    float[] slopes = SLOPES.get();
    for (int i = 0; i < n; i += GROUP) {
      int count = Math.min(GROUP, n - i);
      siluSlopes(x, xo + i, slopes, 0, count);
      addProduct(slopes, 0, dy, dyo + i, dx, dxo + i, count);
    }
  }

  /** y = silu′(x) = σ(x) (1 + x σ(−x)); y may be x. */
  private static void siluSlopes(float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, x, xo + i);
      FloatVector bounded = u.abs().neg().max(LOWEST);
      FloatVector shifted = bounded.fma(LOG2_E, ROUNDER);
      FloatVector m = shifted.sub(ROUNDER);
      FloatVector r = m.fma(FloatVector.broadcast(S, -LN2_HIGH), bounded);
      r = m.fma(FloatVector.broadcast(S, -LN2_LOW), r);
      FloatVector p = r.fma(E7, E6);
      p = p.fma(r, FloatVector.broadcast(S, E5));
      p = p.fma(r, FloatVector.broadcast(S, E4));
      p = p.fma(r, FloatVector.broadcast(S, E3));
      p = p.fma(r, FloatVector.broadcast(S, E2));
      p = p.fma(r.mul(r), r).add(1f);
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT);
      FloatVector e = p.mul(power.add(ONE).reinterpretAsFloats());
      FloatVector one = FloatVector.broadcast(S, 1f);
      FloatVector larger = one.div(e.add(one));
      FloatVector smaller = e.mul(larger);
      VectorMask<Float> negative = u.compare(VectorOperators.LT, 0f);
      FloatVector complement = smaller.blend(larger, negative);
      larger.blend(smaller, negative).mul(u.fma(complement, one)).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      float u = x[xo + i];
      float bounded = Math.max(-Math.abs(u), LOWEST);
      float shifted = Math.fma(bounded, LOG2_E, ROUNDER);
      float m = shifted - ROUNDER;
      float r = Math.fma(m, -LN2_LOW, Math.fma(m, -LN2_HIGH, bounded));
      float p = Math.fma(Math.fma(r, E7, E6), r, E5);
      p = Math.fma(Math.fma(Math.fma(p, r, E4), r, E3), r, E2);
      p = Math.fma(p, r * r, r) + 1f;
      float e = p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << EXPONENT) + ONE);
      float larger = 1f / (e + 1f);
      float smaller = e * larger;
      y[yo + i] = u < 0f ? smaller * Math.fma(u, larger, 1f) : larger * Math.fma(u, smaller, 1f);
    }
  }

  /** y = silu(x), and silu′(x) in place of x. */
  static void siluAndSlopes(float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, x, xo + i);
      FloatVector bounded = u.abs().neg().max(LOWEST);
      FloatVector shifted = bounded.fma(LOG2_E, ROUNDER);
      FloatVector m = shifted.sub(ROUNDER);
      FloatVector r = m.fma(FloatVector.broadcast(S, -LN2_HIGH), bounded);
      r = m.fma(FloatVector.broadcast(S, -LN2_LOW), r);
      FloatVector p = r.fma(E7, E6);
      p = p.fma(r, FloatVector.broadcast(S, E5));
      p = p.fma(r, FloatVector.broadcast(S, E4));
      p = p.fma(r, FloatVector.broadcast(S, E3));
      p = p.fma(r, FloatVector.broadcast(S, E2));
      p = p.fma(r.mul(r), r).add(1f);
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT);
      FloatVector e = p.mul(power.add(ONE).reinterpretAsFloats());
      FloatVector one = FloatVector.broadcast(S, 1f);
      FloatVector larger = one.div(e.add(one));
      FloatVector smaller = e.mul(larger);
      VectorMask<Float> negative = u.compare(VectorOperators.LT, 0f);
      FloatVector complement = smaller.blend(larger, negative);
      FloatVector sigma = larger.blend(smaller, negative);
      u.mul(sigma).intoArray(y, yo + i);
      sigma.mul(u.fma(complement, one)).intoArray(x, xo + i);
    }
    for (int i = whole; i < n; i++) {
      float u = x[xo + i];
      float bounded = Math.max(-Math.abs(u), LOWEST);
      float shifted = Math.fma(bounded, LOG2_E, ROUNDER);
      float m = shifted - ROUNDER;
      float r = Math.fma(m, -LN2_LOW, Math.fma(m, -LN2_HIGH, bounded));
      float p = Math.fma(Math.fma(r, E7, E6), r, E5);
      p = Math.fma(Math.fma(Math.fma(p, r, E4), r, E3), r, E2);
      p = Math.fma(p, r * r, r) + 1f;
      float e = p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << EXPONENT) + ONE);
      float larger = 1f / (e + 1f);
      float smaller = e * larger;
      y[yo + i] = u * (u < 0f ? smaller : larger);
      x[xo + i] = u < 0f ? smaller * Math.fma(u, larger, 1f) : larger * Math.fma(u, smaller, 1f);
    }
  }

  @Override
  public final void tanh(float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector u = FloatVector.fromArray(S, x, xo + i).max(-TANH_ONE).min(TANH_ONE);
      FloatVector z = u.mul(u);
      FloatVector p = z.fma(P4, P3);
      p = p.fma(z, FloatVector.broadcast(S, P2));
      p = p.fma(z, FloatVector.broadcast(S, P1));
      p = p.mul(z).fma(u, u);
      FloatVector q = z.fma(Q4, Q3);
      q = q.fma(z, FloatVector.broadcast(S, Q2));
      q = q.fma(z, FloatVector.broadcast(S, Q1));
      q = q.fma(z, FloatVector.broadcast(S, 1f));
      p.div(q).max(-1f).min(1f).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      float u = Math.min(Math.max(x[xo + i], -TANH_ONE), TANH_ONE);
      float z = u * u;
      float p = Math.fma(Math.fma(Math.fma(z, P4, P3), z, P2), z, P1);
      p = Math.fma(p * z, u, u);
      float q = Math.fma(Math.fma(Math.fma(z, Q4, Q3), z, Q2), z, Q1);
      q = Math.fma(q, z, 1f);
      y[yo + i] = Math.min(Math.max(p / q, -1f), 1f);
    }
  }
}
