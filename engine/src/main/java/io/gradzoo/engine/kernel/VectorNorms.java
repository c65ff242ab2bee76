package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row-wise normalisations on vectors.
 *
 * <p>Every loop stands in a method of its own: with more than some thirty vector operations C2
 * leaves part of them uncompiled, and with several loops it runs out of registers for constants.
 */
abstract class VectorNorms extends VectorActivations {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  @Override
  public final void layerNormSilu(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] gain,
      int gainOffset,
      float[] shift,
      int shiftOffset,
      float[] y,
      int yo,
      float[] statistics,
      int so) {
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      float mean = mean(x, xo + start, width);
      float inverse = inverseDeviation(x, xo + start, width, mean);
      statistics[so + 2 * row] = mean;
      statistics[so + 2 * row + 1] = inverse;
      normalize(
          x, xo + start, width, mean, inverse, gain, gainOffset, shift, shiftOffset, y, yo + start);
      silu(y, yo + start, y, yo + start, width);
    }
  }

  @Override
  public final void layerNormSiluAdjoint(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] gain,
      int gainOffset,
      float[] shift,
      int shiftOffset,
      float[] statistics,
      int so,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      float[] dGain,
      int dGainOffset,
      float[] dShift,
      int dShiftOffset,
      float[] scratch) {
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      normalize(
          x, xo + start, width, mean, inverse, gain, gainOffset, shift, shiftOffset, scratch, 0);
      siluSlopeTimes(dy, dyo + start, scratch, 0, width);
      addParameterAdjoints(
          x, xo + start, width, mean, inverse, scratch, dGain, dGainOffset, dShift, dShiftOffset);
      product(scratch, 0, gain, gainOffset, scratch, 0, width);
      addCentredAdjoint(x, xo + start, width, mean, inverse, scratch, dx, dxo + start);
    }
  }

  @Override
  public final void unitNorm(
      int rows, int width, float[] x, int xo, float[] y, int yo, float[] inverseNorm, int no) {
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      float squares = dot(x, xo + start, x, xo + start, width);
      float inverse = 1f / ((float) Math.sqrt(squares) + ScalarKernels.UNIT_NORM_EPSILON);
      inverseNorm[no + row] = inverse;
      scale(inverse, x, xo + start, y, yo + start, width);
    }
  }

  @Override
  public final void unitNormAdjoint(
      int rows,
      int width,
      float[] y,
      int yo,
      float[] inverseNorm,
      int no,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo) {
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      float along = dot(y, yo + start, dy, dyo + start, width);
      addDifference(
          inverseNorm[no + row], along, y, yo + start, dy, dyo + start, dx, dxo + start, width);
    }
  }

  /** dx += scale · (dy − along · y). */
  private static void addDifference(
      float scale,
      float along,
      float[] y,
      int yo,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int n) {
    FloatVector factor = FloatVector.broadcast(S, scale);
    FloatVector negated = FloatVector.broadcast(S, -along);
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector.fromArray(S, y, yo + i)
          .fma(negated, FloatVector.fromArray(S, dy, dyo + i))
          .fma(factor, FloatVector.fromArray(S, dx, dxo + i))
          .intoArray(dx, dxo + i);
    }
    for (int i = whole; i < n; i++) {
      dx[dxo + i] = Math.fma(Math.fma(y[yo + i], -along, dy[dyo + i]), scale, dx[dxo + i]);
    }
  }

  private static float mean(float[] x, int xo, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - 2 * L; i += 2 * L) {
      s0 = s0.add(FloatVector.fromArray(S, x, xo + i));
      s1 = s1.add(FloatVector.fromArray(S, x, xo + i + L));
    }
    for (; i <= n - L; i += L) {
      s0 = s0.add(FloatVector.fromArray(S, x, xo + i));
    }
    float sum = Lanes.sum(s0.add(s1));
    for (; i < n; i++) {
      sum += x[xo + i];
    }
    return sum / n;
  }

  private static float inverseDeviation(float[] x, int xo, int n, float mean) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - 2 * L; i += 2 * L) {
      FloatVector c0 = FloatVector.fromArray(S, x, xo + i).sub(mean);
      FloatVector c1 = FloatVector.fromArray(S, x, xo + i + L).sub(mean);
      s0 = c0.fma(c0, s0);
      s1 = c1.fma(c1, s1);
    }
    for (; i <= n - L; i += L) {
      FloatVector c0 = FloatVector.fromArray(S, x, xo + i).sub(mean);
      s0 = c0.fma(c0, s0);
    }
    float squares = Lanes.sum(s0.add(s1));
    for (; i < n; i++) {
      float centred = x[xo + i] - mean;
      squares = Math.fma(centred, centred, squares);
    }
    return 1f / (float) Math.sqrt(squares / n + ScalarKernels.LAYER_NORM_EPSILON);
  }

  /** y = gain ⊙ ((x − mean) · inverse) + shift. */
  private static void normalize(
      float[] x,
      int xo,
      int n,
      float mean,
      float inverse,
      float[] gain,
      int gainOffset,
      float[] shift,
      int shiftOffset,
      float[] y,
      int yo) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector normal = FloatVector.fromArray(S, x, xo + i).sub(mean).mul(inverse);
      FloatVector.fromArray(S, gain, gainOffset + i)
          .fma(normal, FloatVector.fromArray(S, shift, shiftOffset + i))
          .intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      float normal = (x[xo + i] - mean) * inverse;
      y[yo + i] = Math.fma(gain[gainOffset + i], normal, shift[shiftOffset + i]);
    }
  }

  /** dGain += dz ⊙ x̂; dShift += dz. */
  private static void addParameterAdjoints(
      float[] x,
      int xo,
      int n,
      float mean,
      float inverse,
      float[] dz,
      float[] dGain,
      int dGainOffset,
      float[] dShift,
      int dShiftOffset) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector normal = FloatVector.fromArray(S, x, xo + i).sub(mean).mul(inverse);
      FloatVector slope = FloatVector.fromArray(S, dz, i);
      slope
          .fma(normal, FloatVector.fromArray(S, dGain, dGainOffset + i))
          .intoArray(dGain, dGainOffset + i);
      slope
          .add(FloatVector.fromArray(S, dShift, dShiftOffset + i))
          .intoArray(dShift, dShiftOffset + i);
    }
    for (int i = whole; i < n; i++) {
      float normal = (x[xo + i] - mean) * inverse;
      dGain[dGainOffset + i] = Math.fma(dz[i], normal, dGain[dGainOffset + i]);
      dShift[dShiftOffset + i] += dz[i];
    }
  }

  /** dx += inverse · (d − mean(d) − x̂ · mean(d ⊙ x̂)), with d the adjoint of x̂. */
  private static void addCentredAdjoint(
      float[] x, int xo, int n, float mean, float inverse, float[] d, float[] dx, int dxo) {
    FloatVector sums = FloatVector.zero(S);
    FloatVector products = FloatVector.zero(S);
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector normal = FloatVector.fromArray(S, x, xo + i).sub(mean).mul(inverse);
      FloatVector v = FloatVector.fromArray(S, d, i);
      sums = sums.add(v);
      products = products.add(v.mul(normal));
    }
    float sum = Lanes.sum(sums);
    float along = Lanes.sum(products);
    for (int i = whole; i < n; i++) {
      sum += d[i];
      along += d[i] * ((x[xo + i] - mean) * inverse);
    }
    sum /= n;
    along /= n;
    for (int i = 0; i < whole; i += L) {
      FloatVector normal = FloatVector.fromArray(S, x, xo + i).sub(mean).mul(inverse);
      FloatVector centred = FloatVector.fromArray(S, d, i).sub(sum).sub(normal.mul(along));
      centred.mul(inverse).add(FloatVector.fromArray(S, dx, dxo + i)).intoArray(dx, dxo + i);
    }
    for (int i = whole; i < n; i++) {
      float normal = (x[xo + i] - mean) * inverse;
      dx[dxo + i] += (d[i] - sum - normal * along) * inverse;
    }
  }
}
