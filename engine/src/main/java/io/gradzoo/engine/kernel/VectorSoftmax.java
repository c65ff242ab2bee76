package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax down the columns of a matrix, on vectors: a lane is a column, so nothing is ever summed
 * across lanes. The exponential is that of {@link VectorActivations}, and for the same reason
 * written out.
 */
abstract class VectorSoftmax extends VectorLayerNorm {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** Rows whose maxima are taken side by side, to hide the latency of one. */
  private static final int ROWS = 4;

  @Override
  public final void softmaxColumns(int rows, int width, float[] x, int xo) {
    float[] lanes = Lanes.memory();
    int whole = Lanes.bound(width);
    for (int j = 0; j < whole; j += L) {
      maxima(rows, width, x, xo + j, lanes);
      exponentials(rows, width, x, xo + j, lanes);
      divide(rows, width, x, xo + j, lanes);
    }
    for (int j = whole; j < width; j++) {
      softmaxColumn(rows, width, x, xo + j);
    }
  }

  /** The largest numbers of a vector of columns. */
  private static void maxima(int rows, int width, float[] x, int xo, float[] lanes) {
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
    m0.max(m1).max(m2.max(m3)).intoArray(lanes, 0);
  }

  /** x = exp(x − largest) in a vector of columns, whose sums replace the largest in the lanes. */
  private static void exponentials(int rows, int width, float[] x, int xo, float[] lanes) {
    FloatVector largest = FloatVector.fromArray(S, lanes, 0);
    FloatVector sum = FloatVector.zero(S);
    int at = xo;
    for (int row = 0; row < rows; row++) {
      FloatVector bounded = FloatVector.fromArray(S, x, at).sub(largest).max(LOWEST);
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
      e.intoArray(x, at);
      sum = sum.add(e);
      at += width;
    }
    sum.intoArray(lanes, 0);
  }

  /** x = x / sum in a vector of columns. */
  private static void divide(int rows, int width, float[] x, int xo, float[] lanes) {
    FloatVector inverse = FloatVector.broadcast(S, 1f).div(FloatVector.fromArray(S, lanes, 0));
    int at = xo;
    for (int row = 0; row < rows; row++) {
      FloatVector.fromArray(S, x, at).mul(inverse).intoArray(x, at);
      at += width;
    }
  }

  /** One column, with the roundings of a lane. */
  private static void softmaxColumn(int rows, int width, float[] x, int xo) {
    int end = xo + rows * width;
    float largest = x[xo];
    for (int at = xo; at < end; at += width) {
      largest = Math.max(largest, x[at]);
    }
    float sum = 0f;
    for (int at = xo; at < end; at += width) {
      float bounded = Math.max(x[at] - largest, LOWEST);
      float shifted = Math.fma(bounded, LOG2_E, ROUNDER);
      float m = shifted - ROUNDER;
      float r = Math.fma(m, -LN2_LOW, Math.fma(m, -LN2_HIGH, bounded));
      float p = Math.fma(Math.fma(r, E7, E6), r, E5);
      p = Math.fma(Math.fma(Math.fma(p, r, E4), r, E3), r, E2);
      p = Math.fma(p, r * r, r) + 1f;
      x[at] = p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << EXPONENT) + ONE);
      sum += x[at];
    }
    float inverse = 1f / sum;
    for (int at = xo; at < end; at += width) {
      x[at] *= inverse;
    }
  }
}
