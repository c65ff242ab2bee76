package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What softmax down the columns of a matrix is made of, on vectors: a lane is a column, so nothing
 * is ever summed across lanes. The exponential is that of {@link VectorActivations}, and for the
 * same reason written out.
 */
abstract class VectorSoftmax extends VectorLayerNorm {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** The bits of −LOWEST. */
  private static final int LOWEST_BITS = 0x42b00000;

  /** Rows whose maxima are taken side by side, to hide the latency of one. */
  private static final int ROWS = 4;

  @Override
  public final void exponentialColumns(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] shifts,
      int shiftsOffset,
      float[] inverses,
      int inversesOffset) {
    int whole = Lanes.bound(width);
    for (int j = 0; j < whole; j += L) {
      shifts(rows, width, x, xo + j, shifts, shiftsOffset + j);
      exponentials(rows, width, x, xo + j, shifts, shiftsOffset + j, inverses, inversesOffset + j);
    }
    for (int j = whole; j < width; j++) {
      float sum = column(rows, width, x, xo + j, shifts, shiftsOffset + j);
      inverses[inversesOffset + j] = 1f / sum;
    }
  }

  /** −largest of a vector of columns. */
  private static void shifts(int rows, int width, float[] x, int xo, float[] shifts, int so) {
    FloatVector m0 = FloatVector.fromArray(S, x, xo);
    FloatVector m1 = m0;
    FloatVector m2 = m0;
    FloatVector m3 = m0;
    int row = 1;
    int at = xo + width;
    for (; row <= rows - ROWS; row += ROWS) {
      m0 = m0.max(FloatVector.fromArray(S, x, at));
      m1 = m1.max(FloatVector.fromArray(S, x, at + width));
      m2 = m2.max(FloatVector.fromArray(S, x, at + 2 * width));
      m3 = m3.max(FloatVector.fromArray(S, x, at + 3 * width));
      at += ROWS * width;
    }
    for (; row < rows; row++) {
      m0 = m0.max(FloatVector.fromArray(S, x, at));
      at += width;
    }
    m0.max(m1).max(m2.max(m3)).neg().intoArray(shifts, so);
  }

  /**
   * x = exp(x + shift) in a vector of columns, and one over their sums. With s = −(x + shift)
   * reduced by multiples of ln 2, exp(−s) ≈ 1 + s (−1 + s (E2 − s (E3 − …))). Numbers that are not
   * negative are ordered as their bits are, so s is bounded as an integer, which takes one
   * instruction; a NaN among the numbers makes all exponentials of the column 0, and one over their
   * sum infinite.
   */
  private static void exponentials(
      int rows, int width, float[] x, int xo, float[] shifts, int so, float[] inverses, int io) {
    FloatVector largest = FloatVector.fromArray(S, shifts, so).neg();
    FloatVector sum = FloatVector.zero(S);
    int at = xo;
    for (int row = 0; row < rows; row++) {
      FloatVector below = largest.sub(FloatVector.fromArray(S, x, at));
      IntVector bits = below.reinterpretAsInts().min(LOWEST_BITS);
      FloatVector bounded = bits.reinterpretAsFloats();
      FloatVector shifted = bounded.fma(-LOG2_E, ROUNDER);
      FloatVector m = shifted.sub(ROUNDER);
      FloatVector s = m.fma(FloatVector.broadcast(S, LN2_HIGH), bounded);
      s = m.fma(FloatVector.broadcast(S, LN2_LOW), s);
      FloatVector p = s.fma(-E7, E6);
      p = p.fma(s, FloatVector.broadcast(S, -E5));
      p = p.fma(s, FloatVector.broadcast(S, E4));
      p = p.fma(s, FloatVector.broadcast(S, -E3));
      p = p.fma(s, FloatVector.broadcast(S, E2));
      p = p.fma(s, FloatVector.broadcast(S, -1f));
      p = p.fma(s, FloatVector.broadcast(S, 1f));
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT);
      FloatVector e = p.mul(power.add(ONE).reinterpretAsFloats());
      e.intoArray(x, at);
      sum = sum.add(e);
      at += width;
    }
    FloatVector.broadcast(S, 1f).div(sum).intoArray(inverses, io);
  }

  /** One column, with the roundings of a lane; returns its sum. */
  private static float column(int rows, int width, float[] x, int xo, float[] shifts, int so) {
    int end = xo + rows * width;
    float largest = x[xo];
    for (int at = xo; at < end; at += width) {
      largest = Math.max(largest, x[at]);
    }
    shifts[so] = -largest;
    float sum = 0f;
    for (int at = xo; at < end; at += width) {
      x[at] = exponential(largest - x[at]);
      sum += x[at];
    }
    return sum;
  }

  @Override
  public final void exponentialAndProduct(float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    FloatVector zero = FloatVector.zero(S);
    for (int i = 0; i < whole; i += L) {
      FloatVector below = zero.sub(FloatVector.fromArray(S, x, xo + i));
      IntVector bits = below.reinterpretAsInts().min(LOWEST_BITS);
      FloatVector bounded = bits.reinterpretAsFloats();
      FloatVector shifted = bounded.fma(-LOG2_E, ROUNDER);
      FloatVector m = shifted.sub(ROUNDER);
      FloatVector s = m.fma(FloatVector.broadcast(S, LN2_HIGH), bounded);
      s = m.fma(FloatVector.broadcast(S, LN2_LOW), s);
      FloatVector p = s.fma(-E7, E6);
      p = p.fma(s, FloatVector.broadcast(S, -E5));
      p = p.fma(s, FloatVector.broadcast(S, E4));
      p = p.fma(s, FloatVector.broadcast(S, -E3));
      p = p.fma(s, FloatVector.broadcast(S, E2));
      p = p.fma(s, FloatVector.broadcast(S, -1f));
      p = p.fma(s, FloatVector.broadcast(S, 1f));
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT);
      FloatVector e = p.mul(power.add(ONE).reinterpretAsFloats());
      e.intoArray(x, xo + i);
      e.mul(FloatVector.fromArray(S, y, yo + i)).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      float e = exponential(0f - x[xo + i]);
      x[xo + i] = e;
      y[yo + i] *= e;
    }
  }

  /** exp(−below), with the roundings of a lane. */
  private static float exponential(float below) {
    int bits = Math.min(Float.floatToRawIntBits(below), LOWEST_BITS);
    float bounded = Float.intBitsToFloat(bits);
    float shifted = Math.fma(bounded, -LOG2_E, ROUNDER);
    float m = shifted - ROUNDER;
    float s = Math.fma(m, LN2_LOW, Math.fma(m, LN2_HIGH, bounded));
    float p = Math.fma(Math.fma(s, -E7, E6), s, -E5);
    p = Math.fma(Math.fma(Math.fma(p, s, E4), s, -E3), s, E2);
    p = Math.fma(Math.fma(p, s, -1f), s, 1f);
    return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << EXPONENT) + ONE);
  }
}
