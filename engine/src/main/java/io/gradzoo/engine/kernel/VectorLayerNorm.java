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
    for (int row = 0; row < rows; row += group) {
      int count = Math.min(group, rows - row);
      int from = xo + row * width;
      int moments = so + 2 * row;
      int at = slopesOffset + row * width;
      multiplySlopes(
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
          sums);
      addParameterAdjoints(
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
      centre(
          count, width, x, from, statistics, moments, gain, gainOffset, slopes, at, sums, dx, to);
    }
  }

  private static int rowsInGroup(int width) {
    return Math.max(1, GROUP / Math.max(1, width));
  }

  private static void means(int rows, int width, float[] x, int xo, float[] statistics, int so) {
    float[] lanes = Lanes.memory();
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int start = xo + row * width;
      FloatVector sums = FloatVector.zero(S);
      for (int j = 0; j < whole; j += L) {
        sums = sums.add(FloatVector.fromArray(S, x, start + j));
      }
      sums.intoArray(lanes, 0);
      float sum = Lanes.sum(lanes, 0);
      for (int j = whole; j < width; j++) {
        sum += x[start + j];
      }
      statistics[so + 2 * row] = sum / width;
    }
  }

  private static void inverseDeviations(
      int rows, int width, float[] x, int xo, float[] statistics, int so) {
    float[] lanes = Lanes.memory();
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int start = xo + row * width;
      float mean = statistics[so + 2 * row];
      FloatVector sums = FloatVector.zero(S);
      for (int j = 0; j < whole; j += L) {
        FloatVector centred = FloatVector.fromArray(S, x, start + j).sub(mean);
        sums = centred.fma(centred, sums);
      }
      sums.intoArray(lanes, 0);
      float squares = Lanes.sum(lanes, 0);
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

  /** dGain += Σ over rows of dz ⊙ x̂; dShift += Σ over rows of dz. */
  private static void addParameterAdjoints(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] statistics,
      int so,
      float[] dz,
      int at,
      float[] dGain,
      int dGainOffset,
      float[] dShift,
      int dShiftOffset) {
    int whole = Lanes.bound(width);
    for (int j = 0; j < whole; j += L) {
      FloatVector gains = FloatVector.fromArray(S, dGain, dGainOffset + j);
      FloatVector shifts = FloatVector.fromArray(S, dShift, dShiftOffset + j);
      for (int row = 0; row < rows; row++) {
        FloatVector centred =
            FloatVector.fromArray(S, x, xo + row * width + j).sub(statistics[so + 2 * row]);
        FloatVector slope = FloatVector.fromArray(S, dz, at + row * width + j);
        gains = slope.fma(centred.mul(statistics[so + 2 * row + 1]), gains);
        shifts = shifts.add(slope);
      }
      gains.intoArray(dGain, dGainOffset + j);
      shifts.intoArray(dShift, dShiftOffset + j);
    }
    for (int row = 0; row < rows; row++) {
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      for (int j = whole; j < width; j++) {
        float normal = (x[xo + row * width + j] - mean) * inverse;
        float slope = dz[at + row * width + j];
        dGain[dGainOffset + j] = Math.fma(slope, normal, dGain[dGainOffset + j]);
        dShift[dShiftOffset + j] += slope;
      }
    }
  }

  /**
   * dz = slopes ⊙ dy, in place of the slopes; and for each row, with d = gain ⊙ dz, the sums of d
   * and of d ⊙ x̂.
   *
   * @param sums output, [rows, 2]
   */
  private static void multiplySlopes(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] statistics,
      int so,
      float[] gain,
      int gainOffset,
      float[] dz,
      int dzo,
      float[] dy,
      int dyo,
      float[] sums) {
    float[] lanes = Lanes.memory();
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int from = row * width;
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      FloatVector ds = FloatVector.zero(S);
      FloatVector products = FloatVector.zero(S);
      for (int j = from; j < from + whole; j += L) {
        FloatVector normal = FloatVector.fromArray(S, x, xo + j).sub(mean).mul(inverse);
        FloatVector d =
            FloatVector.fromArray(S, dz, dzo + j).mul(FloatVector.fromArray(S, dy, dyo + j));
        d.intoArray(dz, dzo + j);
        d = d.mul(FloatVector.fromArray(S, gain, gainOffset + j - from));
        ds = ds.add(d);
        products = d.fma(normal, products);
      }
      ds.intoArray(lanes, 0);
      products.intoArray(lanes, L);
      float sum = Lanes.sum(lanes, 0);
      float along = Lanes.sum(lanes, L);
      for (int j = from + whole; j < from + width; j++) {
        dz[dzo + j] *= dy[dyo + j];
        float d = dz[dzo + j] * gain[gainOffset + j - from];
        sum += d;
        along = Math.fma(d, (x[xo + j] - mean) * inverse, along);
      }
      sums[2 * row] = sum;
      sums[2 * row + 1] = along;
    }
  }

  /** dx = inverse · (d − mean(d) − x̂ · mean(d ⊙ x̂)) for each row, with d = gain ⊙ dz. */
  private static void centre(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] statistics,
      int so,
      float[] gain,
      int gainOffset,
      float[] dz,
      int dzo,
      float[] sums,
      float[] dx,
      int dxo) {
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int from = row * width;
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      float sum = sums[2 * row] / width;
      float along = sums[2 * row + 1] / width;
      for (int j = from; j < from + whole; j += L) {
        FloatVector normal = FloatVector.fromArray(S, x, xo + j).sub(mean).mul(inverse);
        FloatVector d =
            FloatVector.fromArray(S, dz, dzo + j)
                .mul(FloatVector.fromArray(S, gain, gainOffset + j - from));
        d.sub(sum).sub(normal.mul(along)).mul(inverse).intoArray(dx, dxo + j);
      }
      for (int j = from + whole; j < from + width; j++) {
        float normal = (x[xo + j] - mean) * inverse;
        float d = dz[dzo + j] * gain[gainOffset + j - from];
        dx[dxo + j] = (d - sum - normal * along) * inverse;
      }
    }
  }
}
