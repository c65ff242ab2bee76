package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Layer norm with SiLU, on vectors. Rows are taken in groups that stay in the first-level cache,
 * and every pass over a group is a method of its own: small enough for C2 (see {@link
 * VectorActivations}), and long enough to be worth its call, which a pass over one row is not.
 */
abstract class VectorLayerNorm extends VectorNorms {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** Numbers in a group of rows. */
  private static final int GROUP = 2048;

  private static final ThreadLocal<float[]> SUMS =
      ThreadLocal.withInitial(() -> new float[2 * GROUP]);

  /** Sums of a group's rows, still as vectors: two for each row. */
  private static final ThreadLocal<float[]> LANES =
      ThreadLocal.withInitial(() -> new float[2 * GROUP]);

  @Override
  public final void layerNormStatistics(
      int rows, int width, float[] x, int xo, float[] statistics, int so) {
    int group = rowsInGroup(width);
    for (int row = 0; row < rows; row += group) {
      int count = Math.min(group, rows - row);
      means(count, width, x, xo + row * width, statistics, so + 2 * row);
      inverseDeviations(count, width, x, xo + row * width, statistics, so + 2 * row);
    }
  }

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
    int group = rowsInGroup(width);
    for (int row = 0; row < rows; row += group) {
      int count = Math.min(group, rows - row);
      int from = xo + row * width;
      int to = yo + row * width;
      int moments = so + 2 * row;
      means(count, width, x, from, statistics, moments);
      inverseDeviations(count, width, x, from, statistics, moments);
      normalize(
          count, width, x, from, statistics, moments, gain, gainOffset, shift, shiftOffset, y, to);
      silu(y, to, y, to, count * width);
    }
  }

  @Override
  public final void layerNormSiluSlopes(
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
      float[] y,
      int yo,
      float[] slopes,
      int slopesOffset) {
    int group = rowsInGroup(width);
    for (int row = 0; row < rows; row += group) {
      int count = Math.min(group, rows - row);
      int from = xo + row * width;
      int to = slopesOffset + row * width;
      int moments = so + 2 * row;
      normalize(
          count,
          width,
          x,
          from,
          statistics,
          moments,
          gain,
          gainOffset,
          shift,
          shiftOffset,
          slopes,
          to);
      siluAndSlopes(slopes, to, y, yo + row * width, count * width);
    }
  }

  @Override
  public final void layerNormAdjoint(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] gain,
      int gainOffset,
      float[] statistics,
      int so,
      float[] slopes,
      int slopesOffset,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      float[] dGain,
      int dGainOffset,
      float[] dShift,
      int dShiftOffset) {
    int group = rowsInGroup(width);
    float[] sums = SUMS.get();
    float[] lanes = LANES.get();
    for (int row = 0; row < rows; row += group) {
      int count = Math.min(group, rows - row);
      int from = xo + row * width;
      int moments = so + 2 * row;
      int at = slopesOffset + row * width;
      LayerNormAdjoint.multiplySlopes(
          count,
          width,
          x,
          from,
          statistics,
          moments,
          gain,
          gainOffset,
          slopes,
          at,
          dy,
          dyo + row * width,
          lanes,
          sums);
      LayerNormAdjoint.addParameterAdjoints(
          count,
          width,
          x,
          from,
          statistics,
          moments,
          slopes,
          at,
          dGain,
          dGainOffset,
          dShift,
          dShiftOffset);
      int to = dxo + row * width;
      LayerNormAdjoint.centre(
          count, width, x, from, statistics, moments, gain, gainOffset, slopes, at, sums, dx, to);
    }
  }

  private static int rowsInGroup(int width) {
    return Math.max(1, GROUP / Math.max(L, width));
  }

  private static void means(int rows, int width, float[] x, int xo, float[] statistics, int so) {
    float[] lanes = LANES.get();
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int start = xo + row * width;
      FloatVector sums = FloatVector.zero(S);
      for (int j = 0; j < whole; j += L) {
        sums = sums.add(FloatVector.fromArray(S, x, start + j));
      }
      sums.intoArray(lanes, row * L);
    }
    for (int row = 0; row < rows; row++) {
      int start = xo + row * width;
      float sum = Lanes.sum(lanes, row * L);
      for (int j = whole; j < width; j++) {
        sum += x[start + j];
      }
      statistics[so + 2 * row] = sum / width;
    }
  }

  private static void inverseDeviations(
      int rows, int width, float[] x, int xo, float[] statistics, int so) {
    float[] lanes = LANES.get();
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int start = xo + row * width;
      float mean = statistics[so + 2 * row];
      FloatVector sums = FloatVector.zero(S);
      for (int j = 0; j < whole; j += L) {
        FloatVector centred = FloatVector.fromArray(S, x, start + j).sub(mean);
        sums = centred.fma(centred, sums);
      }
      sums.intoArray(lanes, row * L);
    }
    for (int row = 0; row < rows; row++) {
      int start = xo + row * width;
      float mean = statistics[so + 2 * row];
      float squares = Lanes.sum(lanes, row * L);
      for (int j = whole; j < width; j++) {
        float centred = x[start + j] - mean;
        squares = Math.fma(centred, centred, squares);
      }
      float variance = squares / width;
      statistics[so + 2 * row + 1] =
          1f / (float) Math.sqrt(variance + ScalarKernels.LAYER_NORM_EPSILON);
    }
  }

  /** y = gain ⊙ x̂ + shift. */
  private static void normalize(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] statistics,
      int so,
      float[] gain,
      int gainOffset,
      float[] shift,
      int shiftOffset,
      float[] y,
      int yo) {
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int from = xo + row * width;
      int to = yo + row * width;
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      for (int j = 0; j < whole; j += L) {
        FloatVector normal = FloatVector.fromArray(S, x, from + j).sub(mean).mul(inverse);
        FloatVector.fromArray(S, gain, gainOffset + j)
            .fma(normal, FloatVector.fromArray(S, shift, shiftOffset + j))
            .intoArray(y, to + j);
      }
      for (int j = whole; j < width; j++) {
        float normal = (x[from + j] - mean) * inverse;
        y[to + j] = Math.fma(gain[gainOffset + j], normal, shift[shiftOffset + j]);
      }
    }
  }
}
