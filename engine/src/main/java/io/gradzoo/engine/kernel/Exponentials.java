package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The exponential and what is made of it, on vectors and, for the ends of rows, on single numbers
 * with the same roundings.
 *
 * <p>Only exactly specified operations are used, so a result does not depend on whether the code is
 * interpreted or compiled; {@code lanewise(EXP)} would. Errors are one or two units in the last
 * place where nothing else is said; what would be subnormal becomes zero; NaN stays NaN.
 *
 * <p>These methods are inlined into loops, and C2 gives up on a method with more than some thirty
 * vector operations: it then allocates every vector. So a loop calls one of them and does little
 * else.
 */
final class Exponentials {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  /** Below this, exp(x) is zero. */
  private static final float LOWEST = -88f;

  private static final float LOG2_E = 1.442695f;

  /** ln 2 = LN2_HIGH + LN2_LOW to twice the precision. */
  private static final float LN2_HIGH = 0.693147182464599609375f;

  private static final float LN2_LOW = -1.904654299957e-9f;

  /** 1.5 · 2²³: adding it rounds to an integer, which then stands in the low bits. */
  private static final float ROUNDER = 0x1.8p23f;

  /** The bits of 1 in single precision, and the position of the exponent. */
  private static final int ONE = 0x3f800000;

  private static final int EXPONENT = 23;

  // exp(r) ≈ 1 + r + r² (E2 + r (E3 + …)) for |r| ≤ ln 2 / 2 (Cephes, expf).
  private static final float E2 = 5.0000001201e-1f;
  private static final float E3 = 1.6666665459e-1f;
  private static final float E4 = 4.1665795894e-2f;
  private static final float E5 = 8.3334519073e-3f;
  private static final float E6 = 1.3981999507e-3f;
  private static final float E7 = 1.9875691500e-4f;

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

  private Exponentials() {}

  /** exp(x) for x ≤ 0. */
  static FloatVector expOfNonPositive(FloatVector x) {
    FloatVector bounded = x.max(LOWEST);
    FloatVector shifted = bounded.fma(LOG2_E, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), bounded);
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector p = r.fma(E7, E6);
    p = p.fma(r, FloatVector.broadcast(S, E5));
    p = p.fma(r, FloatVector.broadcast(S, E4));
    p = p.fma(r, FloatVector.broadcast(S, E3));
    p = p.fma(r, FloatVector.broadcast(S, E2));
    p = p.fma(r.mul(r), r).add(1f);
    IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT).add(ONE);
    return p.mul(power.reinterpretAsFloats());
  }

  /** exp(x) for x ≤ 0. */
  static float expOfNonPositive(float x) {
    float bounded = Math.max(x, LOWEST);
    float shifted = Math.fma(bounded, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, bounded));
    float p = Math.fma(r, E7, E6);
    p = Math.fma(p, r, E5);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r * r, r) + 1f;
    return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << EXPONENT) + ONE);
  }

  /** x · σ(x). */
  static FloatVector silu(FloatVector x) {
    FloatVector e = expOfNonPositive(x.abs().neg());
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector numerator = one.blend(e, x.compare(VectorOperators.LT, 0f));
    return x.mul(numerator).div(e.add(one));
  }

  /** x · σ(x). */
  static float silu(float x) {
    float e = expOfNonPositive(-Math.abs(x));
    return x * (x < 0f ? e : 1f) / (e + 1f);
  }

  /** d/dx x · σ(x) = σ(x) (1 + x σ(−x)). */
  static FloatVector siluSlope(FloatVector x) {
    FloatVector e = expOfNonPositive(x.abs().neg());
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector larger = one.div(e.add(one));
    FloatVector smaller = e.mul(larger);
    VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
    FloatVector complement = smaller.blend(larger, negative);
    return larger.blend(smaller, negative).mul(x.fma(complement, one));
  }

  /** d/dx x · σ(x) = σ(x) (1 + x σ(−x)). */
  static float siluSlope(float x) {
    float e = expOfNonPositive(-Math.abs(x));
    float larger = 1f / (e + 1f);
    float smaller = e * larger;
    return x < 0f ? smaller * Math.fma(x, larger, 1f) : larger * Math.fma(x, smaller, 1f);
  }

  /** tanh(x), to five units in the last place. */
  static FloatVector tanh(FloatVector x) {
    FloatVector bounded = x.max(-TANH_ONE).min(TANH_ONE);
    FloatVector z = bounded.mul(bounded);
    FloatVector p = z.fma(P4, P3);
    p = p.fma(z, FloatVector.broadcast(S, P2));
    p = p.fma(z, FloatVector.broadcast(S, P1));
    p = p.mul(z).fma(bounded, bounded);
    FloatVector q = z.fma(Q4, Q3);
    q = q.fma(z, FloatVector.broadcast(S, Q2));
    q = q.fma(z, FloatVector.broadcast(S, Q1));
    q = q.fma(z, FloatVector.broadcast(S, 1f));
    return p.div(q).max(-1f).min(1f);
  }

  /** tanh(x), to five units in the last place. */
  static float tanh(float x) {
    float bounded = Math.min(Math.max(x, -TANH_ONE), TANH_ONE);
    float z = bounded * bounded;
    float p = Math.fma(z, P4, P3);
    p = Math.fma(p, z, P2);
    p = Math.fma(p, z, P1);
    p = Math.fma(p * z, bounded, bounded);
    float q = Math.fma(z, Q4, Q3);
    q = Math.fma(q, z, Q2);
    q = Math.fma(q, z, Q1);
    q = Math.fma(q, z, 1f);
    return Math.min(Math.max(p / q, -1f), 1f);
  }
}
