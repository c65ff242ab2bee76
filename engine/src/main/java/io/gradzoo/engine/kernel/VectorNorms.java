package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Rows to unit length, on vectors. */
abstract class VectorNorms extends VectorActivations {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

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
}
